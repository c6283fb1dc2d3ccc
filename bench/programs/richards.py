"""An operating system in small, after Martin Richards' benchmark: tasks of five kinds pass packets round."""

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DEVICE_PACKET, WORK_PACKET = range(2)
PAYLOAD = 4


class Packet:
    def __init__(self, link, owner, kind):
        self.link = link
        self.owner = owner
        self.kind = kind
        self.datum = 0
        self.data = [0] * PAYLOAD

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, system, number, priority, queue, ready, waiting):
        self.system = system
        self.number = number
        self.priority = priority
        self.queue = queue
        self.packet_pending = queue is not None
        self.waiting = waiting
        self.held = False
        self.ready = ready
        self.next = system.tasks
        system.tasks = self
        system.table[number] = self

    def blocked(self):
        return self.held or (not self.packet_pending and self.waiting)

    def add_packet(self, packet, old):
        if self.queue is None:
            self.queue = packet
            self.packet_pending = True
            if self.priority > old.priority:
                return self
        else:
            packet.append_to(self.queue)
        return old

    def run(self):
        message = None
        if self.waiting and self.packet_pending:
            message = self.queue
            self.queue = message.link
            self.packet_pending = self.queue is not None
            self.waiting = False
        return self.act(message)

    def wait(self):
        self.waiting = True
        return self

    def act(self, packet):
        raise NotImplementedError


class IdleTask(Task):
    def __init__(self, system, count):
        super().__init__(system, IDLE, 0, None, True, False)
        self.control = 1
        self.count = count

    def act(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.system.hold(self)
        if self.control & 1 == 0:
            self.control //= 2
            return self.system.release(self, DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.system.release(self, DEVICE_B)


class WorkTask(Task):
    def __init__(self, system, queue):
        super().__init__(system, WORKER, 1000, queue, False, True)
        self.target = HANDLER_A
        self.letter = 0

    def act(self, packet):
        if packet is None:
            return self.wait()
        self.target = HANDLER_B if self.target == HANDLER_A else HANDLER_A
        packet.owner = self.target
        packet.datum = 0
        for i in range(PAYLOAD):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = 64 + self.letter
        return self.system.send(self, packet)


class HandlerTask(Task):
    def __init__(self, system, number, priority, queue):
        super().__init__(system, number, priority, queue, False, True)
        self.work = None
        self.device = None

    def act(self, packet):
        if packet is not None:
            if packet.kind == WORK_PACKET:
                self.work = packet.append_to(self.work)
            else:
                self.device = packet.append_to(self.device)
        work = self.work
        if work is None:
            return self.wait()
        at = work.datum
        if at >= PAYLOAD:
            self.work = work.link
            return self.system.send(self, work)
        device = self.device
        if device is None:
            return self.wait()
        self.device = device.link
        device.datum = work.data[at]
        work.datum = at + 1
        return self.system.send(self, device)


class DeviceTask(Task):
    def __init__(self, system, number, priority):
        super().__init__(system, number, priority, None, False, True)
        self.pending = None

    def act(self, packet):
        if packet is None:
            packet = self.pending
            if packet is None:
                return self.wait()
            self.pending = None
            return self.system.send(self, packet)
        self.pending = packet
        return self.system.hold(self)


class System:
    def __init__(self, count):
        self.tasks = None
        self.table = [None] * 6
        self.sent = self.holds = 0
        IdleTask(self, count)
        queue = Packet(None, 0, WORK_PACKET)
        WorkTask(self, Packet(queue, 0, WORK_PACKET))
        for number, priority, device in ((HANDLER_A, 2000, DEVICE_A), (HANDLER_B, 3000, DEVICE_B)):
            queue = None
            for _ in range(3):
                queue = Packet(queue, device, DEVICE_PACKET)
            HandlerTask(self, number, priority, queue)
        DeviceTask(self, DEVICE_A, 4000)
        DeviceTask(self, DEVICE_B, 5000)

    def hold(self, task):
        self.holds += 1
        task.held = True
        return task.next

    def release(self, current, number):
        task = self.table[number]
        task.held = False
        return task if task.priority > current.priority else current

    def send(self, current, packet):
        task = self.table[packet.owner]
        self.sent += 1
        packet.link = None
        packet.owner = current.number
        return task.add_packet(packet, current)

    def schedule(self):
        task = self.tasks
        while task is not None:
            if task.blocked():
                task = task.next
            else:
                task = task.run()


results = []
for _ in range(50):
    system = System(6000)
    system.schedule()
    results.append((system.sent, system.holds))
print(results[0], len(set(results)))

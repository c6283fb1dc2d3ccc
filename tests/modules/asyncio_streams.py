# asyncio over the loopback interface: a server, its clients, timeouts, a child process, threads.
import asyncio


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line[-2::-1] + b"\n")
        await writer.drain()
    writer.close()


async def client(port, n):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"line %d\n" % n)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(await asyncio.gather(*(client(port, n) for n in range(5))))
    server.close()
    try:
        await asyncio.wait_for(asyncio.sleep(60), 0.01)
    except asyncio.TimeoutError as e:
        print(type(e).__name__)
    child = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(await child.communicate(b"to and fro"), child.returncode)
    print(await asyncio.gather(*(asyncio.to_thread(pow, n, 2) for n in range(4))))
    queue = asyncio.Queue(1)
    sender = asyncio.create_task(send(queue))
    print([await queue.get() for _ in range(3)], await sender)


async def send(queue):
    for n in range(3):
        await queue.put(n)
    return "sent"


asyncio.run(main())

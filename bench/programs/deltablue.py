"""One-way constraints solved by strength and planned, after the DeltaBlue algorithm: chains and projections."""

REQUIRED, STRONG, PREFERRED, NORMAL, WEAK, WEAKEST = range(6)
FORWARD, BACKWARD, NONE = 1, -1, 0


class Variable:
    def __init__(self, value=0):
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.walk = WEAKEST
        self.stay = True


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def is_input(self):
        return False

    def add_to(self, planner):
        for v in self.variables():
            v.constraints.append(self)
        self.unsatisfy()
        planner.add(self)

    def destroy(self, planner):
        if self.is_satisfied():
            planner.remove(self)
        else:
            self.detach()

    def detach(self):
        for v in self.variables():
            v.constraints.remove(self)

    def satisfy(self, mark, planner):
        self.choose(mark)
        if not self.is_satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("a required constraint cannot hold")
            return None
        for v in self.inputs():
            v.mark = mark
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.unsatisfy()
        out.determined_by = self
        if not planner.propagate(self, mark):
            raise RuntimeError("a cycle of constraints")
        out.mark = mark
        return overridden


class Unary(Constraint):
    def __init__(self, variable, strength, planner):
        super().__init__(strength)
        self.out = variable
        self.satisfied = False
        self.add_to(planner)

    def variables(self):
        return (self.out,)

    def inputs(self):
        return ()

    def output(self):
        return self.out

    def is_satisfied(self):
        return self.satisfied

    def unsatisfy(self):
        self.satisfied = False

    def choose(self, mark):
        self.satisfied = self.out.mark != mark and self.strength < self.out.walk

    def inputs_known(self, mark):
        return True

    def recalculate(self):
        self.out.walk = self.strength
        self.out.stay = not self.is_input()
        if self.out.stay:
            self.execute()


class Stay(Unary):
    def execute(self):
        pass


class Edit(Unary):
    def is_input(self):
        return True

    def execute(self):
        pass


class Binary(Constraint):
    def __init__(self, first, second, strength, planner):
        super().__init__(strength)
        self.first = first
        self.second = second
        self.direction = NONE
        self.add_to(planner)

    def variables(self):
        return self.first, self.second

    def inputs(self):
        return (self.input(),)

    def input(self):
        return self.first if self.direction == FORWARD else self.second

    def output(self):
        return self.second if self.direction == FORWARD else self.first

    def is_satisfied(self):
        return self.direction != NONE

    def unsatisfy(self):
        self.direction = NONE

    def choose(self, mark):
        first, second = self.first, self.second
        if first.mark == mark:
            forward = second.mark != mark and self.strength < second.walk
            self.direction = FORWARD if forward else NONE
        elif second.mark == mark:
            self.direction = BACKWARD if self.strength < first.walk else NONE
        elif first.walk > second.walk:
            self.direction = BACKWARD if self.strength < first.walk else NONE
        else:
            self.direction = FORWARD if self.strength < second.walk else NONE

    def inputs_known(self, mark):
        v = self.input()
        return v.mark == mark or v.stay or v.determined_by is None

    def recalculate(self):
        source, out = self.input(), self.output()
        out.walk = max(self.strength, source.walk)
        out.stay = source.stay
        if out.stay:
            self.execute()


class Equal(Binary):
    def execute(self):
        self.output().value = self.input().value


class Scale(Binary):
    def __init__(self, source, scale, offset, result, strength, planner):
        self.scale = scale
        self.offset = offset
        super().__init__(source, result, strength, planner)

    def variables(self):
        return self.first, self.second, self.scale, self.offset

    def inputs(self):
        return self.input(), self.scale, self.offset

    def inputs_known(self, mark):
        return all(v.mark == mark or v.stay or v.determined_by is None for v in self.inputs())

    def execute(self):
        if self.direction == FORWARD:
            self.second.value = self.first.value * self.scale.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) // self.scale.value

    def recalculate(self):
        source, out = self.input(), self.output()
        out.walk = max(self.strength, source.walk)
        out.stay = source.stay and self.scale.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.mark = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)

    def remove(self, constraint):
        out = constraint.output()
        constraint.unsatisfy()
        constraint.detach()
        out.determined_by = None
        out.walk = WEAKEST
        out.stay = True
        unsatisfied = []
        todo = [out]
        while todo:
            v = todo.pop()
            for c in v.constraints:
                if not c.is_satisfied():
                    unsatisfied.append(c)
            for c in self.consumers(v):
                c.recalculate()
                todo.append(c.output())
        for strength in range(WEAKEST):
            for c in unsatisfied:
                if c.strength == strength:
                    self.add(c)

    def consumers(self, v):
        by = v.determined_by
        return [c for c in v.constraints if c is not by and c.is_satisfied()]

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            c = todo.pop()
            if c.output().mark == mark:
                return False
            c.recalculate()
            todo.extend(self.consumers(c.output()))
        return True

    def plan(self, sources):
        mark = self.new_mark()
        todo = list(sources)
        plan = []
        while todo:
            c = todo.pop()
            if c.output().mark != mark and c.inputs_known(mark):
                plan.append(c)
                c.output().mark = mark
                todo.extend(self.consumers(c.output()))
        return plan


def change(variable, value, planner):
    edit = Edit(variable, PREFERRED, planner)
    plan = planner.plan([edit])
    for _ in range(10):
        variable.value = value
        for c in plan:
            c.execute()
    edit.destroy(planner)


def chain(n):
    planner = Planner()
    variables = [Variable() for _ in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        Equal(a, b, REQUIRED, planner)
    Stay(variables[-1], NORMAL, planner)
    edit = Edit(variables[0], PREFERRED, planner)
    plan = planner.plan([edit])
    total = 0
    for i in range(60):
        variables[0].value = i
        for c in plan:
            c.execute()
        total += variables[-1].value
    edit.destroy(planner)
    return total


def projection(n):
    planner = Planner()
    scale, offset = Variable(10), Variable(1000)
    sources, results = [], []
    for i in range(n):
        source, result = Variable(i), Variable(i)
        sources.append(source)
        results.append(result)
        Stay(source, NORMAL, planner)
        Scale(source, scale, offset, result, REQUIRED, planner)
    answers = []
    change(sources[0], 17, planner)
    answers.append(results[0].value)
    change(results[0], 1050, planner)
    answers.append(sources[0].value)
    change(scale, 5, planner)
    answers.append(sum(r.value for r in results[:-1]))
    change(offset, 2000, planner)
    answers.append(sum(r.value for r in results[:-1]))
    return answers


print(chain(20_000), projection(20_000))

# A Brainfuck interpreter.
def run(src, inp=''):
    jumps, stack = {}, []
    for i, c in enumerate(src):
        if c == '[': stack.append(i)
        elif c == ']': j = stack.pop(); jumps[i], jumps[j] = j, i
    tape, p, pc, out, inp = [0] * 100, 0, 0, [], iter(inp)
    steps = 0
    while pc < len(src):
        match src[pc]:
            case '>': p += 1
            case '<': p -= 1
            case '+': tape[p] = (tape[p] + 1) % 256
            case '-': tape[p] = (tape[p] - 1) % 256
            case '.': out.append(chr(tape[p]))
            case ',': tape[p] = ord(next(inp, '\0'))
            case '[':
                if not tape[p]: pc = jumps[pc]
            case ']':
                if tape[p]: pc = jumps[pc]
        pc += 1; steps += 1
    return ''.join(out), steps
print(run('++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++.'))
print(run(',[.,]', 'echo'), run('+++++[>+++++[>++<-]<-]>>.'), run(',>,<[->+<]>.', '!"'))

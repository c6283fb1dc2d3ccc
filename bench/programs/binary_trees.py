"""Trees that are built, walked and dropped: allocation and collection."""


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def build(depth):
    if depth == 0:
        return Node(None, None)
    return Node(build(depth - 1), build(depth - 1))


def size(node):
    if node.left is None:
        return 1
    return 1 + size(node.left) + size(node.right)


def tuples(depth):
    return (tuples(depth - 1), tuples(depth - 1)) if depth else ()


def leaves(tree):
    return leaves(tree[0]) + leaves(tree[1]) if tree else 1


def main():
    deepest = 16
    kept = build(deepest)
    answers = [size(build(deepest + 1))]
    for depth in range(4, deepest + 1, 3):
        rounds = 1 << (deepest - depth + 2)
        answers.append(sum(size(build(depth)) for _ in range(rounds)))
        answers.append(sum(leaves(tuples(depth)) for _ in range(rounds // 2)))
    answers.append(size(kept))
    print(answers)


main()

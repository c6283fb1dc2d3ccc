# Module-level state changed from functions; main guard.
counter = 0
items = []
def bump():
    global counter
    counter += 1
    items.append(counter)
    return counter
for _ in range(3): bump()
print(counter, items)
def shadow():
    counter = "local"
    return counter
print(shadow(), counter)
if __name__ == "__main__": print("main", __name__)
print(__doc__, __file__.endswith("global_state.py"))
CONST = {"a": [1]}
def mutate(): CONST["a"].append(2)
mutate(); print(CONST)

// The verifier refuses code that would break the machine, and takes all that the compiler makes.
#include <vector>

#include "../compiler/compile_test.hpp"

namespace krait {
namespace {

class Verifier : public CompileTest {
 protected:
  std::string verify(std::vector<Instruction> code, uint32_t stack = 4, std::vector<Handler> handlers = {},
                     uint32_t locals = 1) {
    CodeParts parts;
    std::vector<Location> locations(code.size(), Location{1, 1, 0, 0});
    std::vector<uint8_t> kinds(locals, kSlotLocal);
    parts.instructions = code;
    parts.handlers = handlers;
    parts.locations = locations;
    parts.slot_kinds = kinds;
    parts.local_count = locals;
    parts.max_stack = stack;
    Value names[] = {vm.intern("x").release()};
    parts.names = tuple_from_span(vm, names).release();
    std::vector<Value> slots(locals, names[0]);
    parts.slot_names = tuple_from_span(vm, slots).release();
    Value consts[] = {Value::none(), names[0], parts.names};
    parts.consts = tuple_from_span(vm, consts).release();
    parts.filename = parts.name = vm.intern("t").release();
    Code* made = code_new(vm, parts).release();
    return code_verify(vm, made).ok() ? "ok" : pending_text();
  }
};

Instruction op(Op o, int32_t arg = 0) { return encode(o, arg); }

TEST_F(Verifier, TakesGoodCode) {
  EXPECT_EQ(verify({op(Op::RESUME), op(Op::LOAD_CONST, 0), op(Op::RETURN_VALUE)}), "ok");
  EXPECT_EQ(verify({op(Op::LOAD_CONST, 0), op(Op::STORE_FAST, 0), op(Op::LOAD_FAST, 0), op(Op::RETURN_VALUE)}), "ok");
}

TEST_F(Verifier, RefusesBadCode) {
  auto refused = [&](std::vector<Instruction> code, uint32_t stack = 4) {
    std::string text = verify(std::move(code), stack);
    EXPECT_TRUE(text.starts_with("invalid code object: ")) << text;
  };
  refused({});
  refused({op(Op::LOAD_CONST, 0)});                                                  // falls off the end
  refused({op(Op::RETURN_VALUE)});                                                   // underflow
  refused({op(Op::LOAD_CONST, 3), op(Op::RETURN_VALUE)});                            // constant out of range
  refused({op(Op::LOAD_NAME, 1), op(Op::RETURN_VALUE)});                             // name out of range
  refused({op(Op::LOAD_FAST, 0), op(Op::RETURN_VALUE)});                             // unset local
  refused({op(Op::LOAD_FAST_CHECK, 1), op(Op::RETURN_VALUE)});                       // local out of range
  refused({op(Op::LOAD_DEREF, 0), op(Op::RETURN_VALUE)});                            // no cell
  refused({op(Op::LOAD_CONST, 0), op(Op::LOAD_CONST, 0), op(Op::RETURN_VALUE)}, 1);  // overflow
  refused({op(Op::JUMP, 100)});
  refused({op(Op::JUMP_BACKWARD, -100)});
  refused({op(Op::PUSH_NULL), op(Op::RETURN_VALUE)});              // unset as a value
  refused({static_cast<Instruction>(250), op(Op::RETURN_VALUE)});  // no such instruction
  refused({op(Op::LOAD_CONST, 0), op(Op::COPY, 2), op(Op::RETURN_VALUE)});
  refused({op(Op::LOAD_CONST, 0), op(Op::POP_JUMP_IF_FALSE, 1), op(Op::LOAD_CONST, 0), op(Op::LOAD_CONST, 0),
           op(Op::RETURN_VALUE)});  // two depths at one place
  refused({op(Op::LOAD_CONST, 0), op(Op::LOAD_CONST, 1), op(Op::LIST_APPEND, 1), op(Op::RETURN_VALUE)});  // not a list
  refused({op(Op::LOAD_CONST, 0), op(Op::MAKE_FUNCTION), op(Op::RETURN_VALUE)});  // not a code object
  refused({op(Op::LOAD_CONST, 0), op(Op::RERAISE, 0)});                           // not an exception
  refused({op(Op::LOAD_CONST, 0), op(Op::PUSH_NULL), op(Op::LOAD_CONST, 0), op(Op::LOAD_CONST, 0), op(Op::CALL_KW, 1),
           op(Op::RETURN_VALUE)});                                                  // no names
  refused({op(Op::LOAD_CONST, 0), op(Op::YIELD_VALUE, 0), op(Op::RETURN_VALUE)});   // no generator
  refused({op(Op::LOAD_CONST, 0), op(Op::POP_EXCEPT), op(Op::JUMP_BACKWARD, -3)});  // never handled
  refused({op(Op::LOAD_CONST, 0), op(Op::POP_JUMP_IF_TRUE, -2), op(Op::LOAD_CONST, 0),
           op(Op::RETURN_VALUE)});  // a loop that nothing can stop
  refused({op(Op::JUMP, -1)});
}

// What is never reached is looked at too, by the fuser and by listings.
TEST_F(Verifier, RefusesBadWordsThatAreNotReached) {
  Instruction none = op(Op::LOAD_CONST, 0), give = op(Op::RETURN_VALUE);
  EXPECT_EQ(verify({none, give, op(Op::LOAD_FAST, 0), give}), "ok");
  for (Instruction word : {static_cast<Instruction>(222), op(Op::JUMP_BACKWARD, -100), op(Op::JUMP, 1000),
                           op(Op::BINARY_OP, 200), op(Op::LOAD_CONST, 3), op(Op::LOAD_ATTR, 1), op(Op::STORE_FAST, 1)})
    EXPECT_NE(verify({none, give, word, give}), "ok") << word;
}

TEST_F(Verifier, KeywordNamesAreThoseJustLoaded) {
  Instruction none = op(Op::LOAD_CONST, 0), names = op(Op::LOAD_CONST, 2), give = op(Op::RETURN_VALUE);
  EXPECT_EQ(verify({none, op(Op::PUSH_NULL), none, names, op(Op::CALL_KW, 1), give}), "ok");
  EXPECT_NE(verify({none, op(Op::PUSH_NULL), names, op(Op::CALL_KW, 0), give}), "ok");  // more than arguments
  // Other names come by a jump.
  EXPECT_NE(verify({none, op(Op::PUSH_NULL), none, names, op(Op::JUMP, 1), names, op(Op::CALL_KW, 1), give}), "ok");
  EXPECT_NE(verify({none, op(Op::PUSH_NULL), names, op(Op::JUMP, 1), none, op(Op::CALL_KW, 0), give}), "ok");
}

TEST_F(Verifier, ReceiversBelongToTheirMethods) {
  Instruction none = op(Op::LOAD_CONST, 0), give = op(Op::RETURN_VALUE);
  EXPECT_EQ(verify({none, op(Op::LOAD_METHOD, 0), op(Op::CALL, 0), give}), "ok");
  EXPECT_EQ(verify({none, op(Op::LOAD_METHOD, 0), op(Op::SWAP, 2), op(Op::SWAP, 2), op(Op::CALL, 0), give}), "ok");
  EXPECT_NE(verify({none, op(Op::LOAD_ATTR, 0), none, op(Op::CALL, 0), give}), "ok");  // any method, any receiver
  EXPECT_NE(verify({none, op(Op::LOAD_METHOD, 0), op(Op::SWAP, 2), op(Op::CALL, 0), give}), "ok");
  // The method of one and the receiver of another.
  EXPECT_NE(verify({none, op(Op::LOAD_METHOD, 0), op(Op::POP_TOP), none, op(Op::LOAD_METHOD, 0), op(Op::SWAP, 2),
                    op(Op::POP_TOP), op(Op::CALL, 0), give}),
            "ok");
}

TEST_F(Verifier, RaisesAgainWhatWasRaised) {
  // lasti and exception lie on the stack in a handler that asked for both.
  std::vector<Instruction> code = {op(Op::LOAD_NAME, 0), op(Op::RETURN_VALUE), op(Op::RERAISE, 1)};
  EXPECT_EQ(verify(code, 4, {{0, 2, 2, 0, 1}}), "ok");
  EXPECT_NE(verify(code, 4, {{0, 2, 2, 0, 0}}), "ok");  // nothing below the exception
  code = {op(Op::LOAD_SMALL_INT, 7), op(Op::LOAD_NAME, 0), op(Op::RETURN_VALUE), op(Op::RERAISE, 1)};
  EXPECT_NE(verify(code, 4, {{1, 3, 3, 1, 0}}), "ok");  // a number of its own
}

TEST_F(Verifier, ChecksHandlers) {
  std::vector<Instruction> code = {op(Op::LOAD_CONST, 0), op(Op::RETURN_VALUE), op(Op::PUSH_EXC_INFO),
                                   op(Op::RERAISE, 0)};
  EXPECT_EQ(verify(code, 4, {{0, 2, 2, 0, 0}}), "ok");
  EXPECT_NE(verify(code, 4, {{0, 2, 9, 0, 0}}), "ok");                   // no such target
  EXPECT_NE(verify(code, 4, {{1, 1, 2, 0, 0}}), "ok");                   // empty
  EXPECT_NE(verify(code, 4, {{0, 2, 2, 3, 0}}), "ok");                   // deeper than the stack is
  EXPECT_NE(verify(code, 4, {{0, 2, 2, 0, 0}, {1, 2, 2, 0, 0}}), "ok");  // overlapping
}

TEST_F(Verifier, TakesWhatTheCompilerMakes) {
  EXPECT_EQ(outcome(R"(
import a.b as c
def f(x, *y, z=1, **w):
    try:
        with a as b, c: return [i for i in x if i]
    except* E as e: raise
    finally: del x
    match x:
        case {1: p, **r} | [p, *r]: pass
        case C(q=1): pass
async def g():
    async with a as b:
        async for i in b: yield i
    return
class K[T](B, m=1):
    x: int
    if x: y: T = 2
    def m(self): return super().m(*a, **{**b})
type X[T: int = str] = list[T]
print(f'{a!r:>{b}}', t'{a}', (lambda: (yield))())
)"),
            "ok");
}

}  // namespace
}  // namespace krait

// Lifting one code object: abstract execution of its instructions.
//
// The lifter walks the code with an abstract operand stack (what kind of thing lies at each place) and an abstract block stack
// (up to 3.10), and writes Krait's instructions into the blocks of a flow graph. A place of the code that is reached with
// different pictures is written once for each: that is how a `finally` whose token says where to go on becomes straight code.
//
// Rules for code here:
//  1. An entry of the abstract stack is one value of CPython's stack. It may take no place on Krait's (a ghost: an exception's
//     type, a token of `finally`, the name of a keyword argument), one, or two (a callee and the receiver that Krait's calls want).
//     Every distance is computed in Krait's places (slots), never in entries.
//  2. The handler of an instruction follows from the block stack or the exception table and the picture at the moment: call
//     refresh() after changing the block stack before emitting more.
//  3. What cannot be written without knowing its later use (an unset receiver above a callee, a constant that is only a name)
//     is found in a first round and written in a second: marks_.
//  4. No instruction is trusted: operands are checked where they are used, sizes are bounded, and the verifier sees the result.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "bytecode/pyc/pyc.hpp"
#include "compiler/flow_graph.hpp"

namespace krait::pyc {

using K = krait::Op;

enum class Kind : uint8_t {
  Value,
  Dict,    ///< a dict that this code made
  Unset,   ///< may be unset
  Paired,  ///< two slots: a callee, and unset
  Method,  ///< two slots: a callee, and its receiver or unset
  Null,    ///< ghost: the unset place below a callee (up to 3.12)
  Lazy,    ///< ghost: constant `a`, which is not wanted as a value
  // Up to 3.10 an exception that is handled is six entries: three of the one before, three of its own.
  OldTraceback,  ///< the number of the instruction that raised
  Previous,      ///< the exception handled before
  OldType,       ///< ghost
  Traceback,     ///< ghost
  Exception,
  Type,  ///< ghost
  // What `finally` finds on the stack, up to 3.8: all ghosts.
  Nothing,
  Return,  ///< the value lies below
  Break,
  Target,  ///< where Continue, above it, goes: offset `a`
  Continue,
  Address,   ///< 3.8: go on at offset `a`
  Silenced,  ///< a `with` swallowed the exception
  ExitNone,  ///< between WITH_CLEANUP_START and _FINISH: no exception
  ExitSome,
  Generator,  ///< ghost: what RETURN_GENERATOR leaves
};
int width(Kind k);

struct Entry {
  Kind kind = Kind::Value;
  uint32_t a = 0;
  // Not part of the picture: the offsets of the instruction that pushed it and of the last one that found it on top.
  int64_t producer = -1, cover = -1;
};

struct Block {
  enum Type : uint8_t { Loop, Except, Finally, Handler } type = Loop;
  uint32_t target = 0;  ///< offset of the handler, or of the loop's end
  uint32_t level = 0;   ///< entries below it
};

struct State {
  std::vector<Entry> stack;
  std::vector<Block> blocks;
};

/// What lifting the code objects of a file shares.
struct Lifting {
  const PycFile& file;
  std::unordered_map<const PycCode*, Code*> done;
  List* roots = nullptr;
};

class Lifter {
 public:
  Lifter(Vm& vm, Lifting& shared, const PycCode& code, Str* qualname, bool evaluator)
      : vm_(vm),
        shared_(shared),
        code_(code),
        qualname_(qualname),
        shift_(evaluator ? 1 : 0),
        tables_(vm),
        round_(vm) {}
  Result<Code*> run();

 private:
  enum Mark : uint8_t { kPair = 1, kLazy = 2, kAsMap = 4 };
  struct Work {
    int32_t block;
    uint32_t offset;
    State state;
  };

  Error fail(const char* what);
  Status prepare();
  Status find_rows();
  Status round();
  Status walk(Work work);
  void begin();
  Result<Code*> finish();

  // Blocks of the graph.
  Result<int32_t> block_for(int64_t offset, const State& state);
  int32_t new_block();
  Result<int32_t> handler_of(const State& state);
  Result<int32_t> block_handler(const State& at);
  Status refresh();
  std::string key(uint32_t offset, const State& state, char purpose) const;
  Result<int32_t*> remember(uint32_t offset, const State& state, char purpose);
  Status count();

  // Writing.
  void emit(K op, int64_t arg = 0);
  void emit_to(K op, int32_t target);
  void emit_counterpart();
  void emit_const(uint32_t index) { emit(K::LOAD_CONST, index); }
  Result<uint32_t> add_const(Value v);
  Result<uint32_t> add_name(const char* text);
  void end() { ended_ = true; }
  Status jump(int64_t offset);
  Status branch(K op, int64_t offset, const State& taken);
  /// A new block that what follows is written to.
  void start_block(int32_t block) { current_ = block; }

  // The abstract stack.
  size_t size() const { return s_.stack.size(); }
  Entry& top(size_t n = 1) { return s_.stack[size() - n]; }
  Status need(uint64_t n);
  Status plain(uint64_t n);
  void push(Kind kind = Kind::Value, uint32_t a = 0);
  void drop(uint64_t n = 1) { s_.stack.resize(size() - n); }
  uint32_t slots(size_t first, size_t last) const;
  uint32_t slot_depth(size_t index) const;
  void emit_swaps(std::vector<uint32_t> want);
  Status permute(const std::vector<uint32_t>& order);
  Status pop_entry();
  Status discard_to(size_t level, size_t keep);

  Status step(const PycInstruction& ins);
  Status step_more(const PycInstruction& ins);
  Status step_blocks(const PycInstruction& ins);
  Status simple(K op, int64_t arg, uint64_t pops, uint64_t pushes);
  Status container(K op, int64_t arg, uint64_t pops);

  // Operands.
  Status check_const(int64_t arg);
  Status check_name(int64_t arg);
  Result<uint32_t> local(int64_t arg);
  Result<uint32_t> deref(int64_t arg);
  Value constant(uint32_t index) const { return code_.consts->items[index]; }
  const PycInstruction* producer(const Entry& e) const;
  /// The constant that the entry was loaded from, which then needs no place on the stack.
  Result<uint32_t> lazy(size_t n);
  void mark(int64_t offset, Mark what);

  // Parts of instructions (lift_calls.cpp).
  Status load_const(const PycInstruction& ins);
  Status load_local(int64_t arg);
  Status store_local(int64_t arg);
  Status load_attribute(int64_t name, bool method);
  Status copy(uint64_t n);
  void push_attribute(bool method);
  Status pair(size_t callee, uint64_t count);
  Status emit_call(uint64_t count, int64_t names);
  Status call(uint64_t count, size_t callee, int64_t names);
  Status call_3_11(uint64_t count, int64_t names);
  Status call_old(int64_t arg, bool var, bool keywords);
  Status call_ex(bool keywords);
  Status map_from_values(const std::vector<uint32_t>& keys);
  Status unpack_all(uint64_t n, K begin, K add);
  Status make_function(const PycInstruction& ins);
  Status make_function_old(const PycInstruction& ins);
  Status finish_function(int64_t flags);
  Status set_attribute(int flag);
  Status annotations_as_map(const Entry& e);
  Status made_code(const Entry& code, Value qualname);
  void mark_evaluator(const Entry& function);
  Status before_with(bool async);
  Status yield_from(const PycInstruction& ins);
  Status yield_value(const PycInstruction& ins);
  Status compare(int64_t number);
  Status exception_match();

  // Blocks up to 3.10 (lift_blocks.cpp).
  enum class Why : uint8_t { Return, Break, Continue };
  Status unwind(Why why, uint32_t target);
  Result<size_t> previous_of(const Block& block, const State& state);
  Status leave_handler(const Block& block, size_t keep);
  Status end_finally();
  Status with_cleanup_start();
  Status with_cleanup_finish();
  Status end_async_for();

  Location location(uint32_t offset) const;

  Vm& vm_;
  Lifting& shared_;
  const PycCode& code_;
  Str* qualname_;
  uint32_t shift_;  ///< slots before the code's own: 1 for what evaluates a type parameter up to 3.13 (see finish())

  std::vector<PycInstruction> instructions_;
  std::vector<int32_t> at_;       // instruction by offset; -1: inside one
  std::vector<uint8_t> leaders_;  // by offset: jumps lead here
  std::vector<uint8_t> finally_;  // by offset: handlers of finally and with
  std::vector<uint8_t> marks_;    // by offset
  std::vector<ExceptionRow> rows_;
  std::vector<int32_t> row_of_;  // the first row that guards an instruction, by its number; -1: none
  std::vector<PycLocation> locations_;
  std::unordered_map<const PycCode*, Str*> qualnames_;
  std::unordered_map<const PycCode*, bool> evaluators_;
  bool new_marks_ = false;

  List* consts_ = nullptr;  // of the code, then those that were added
  List* names_ = nullptr;
  std::unordered_map<uint64_t, uint32_t> added_;
  std::vector<FlowBlock> blocks_;
  std::unordered_map<std::string, int32_t> memo_;
  size_t memo_bytes_ = 0;
  std::vector<Work> work_;
  uint64_t written_ = 0;
  uint64_t counted_ = 0;  // of written_, what round_ was charged with
  Charge tables_;         // of what was decoded
  Charge round_;          // of pictures and instructions

  State s_;
  int32_t current_ = 0;
  int32_t handler_ = -1;
  Location location_{};
  const PycInstruction* ins_ = nullptr;
  int64_t keyword_names_ = -1;  // KW_NAMES before a call
  int64_t alias_value_ = -1;    // producer of the last part of the tuple that was built last
  bool ended_ = false;
  bool keep_ = false;   ///< every instruction has its counterpart: see origins.hpp
  bool first_ = false;  ///< nothing was written yet for the present one
};

}  // namespace krait::pyc

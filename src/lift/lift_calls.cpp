// Calls, functions, with, and generators: instructions of CPython that are several of Krait's.
#include "lift/lifter.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait::pyc {

const PycInstruction* Lifter::producer(const Entry& e) const {
  if (e.producer < 0) return nullptr;
  return &instructions_[static_cast<size_t>(at_[static_cast<size_t>(e.producer)])];
}

/// The constant behind the n-th entry from the top. In the first round it is a value like any; the next one leaves it out.
Result<uint32_t> Lifter::lazy(size_t n) {
  Entry& e = top(n);
  if (e.kind == Kind::Lazy) return e.a;
  const PycInstruction* from = producer(e);
  if (e.kind != Kind::Value || from == nullptr || from->op != Op::LOAD_CONST) return fail("a name that is no constant");
  mark(e.producer, kLazy);
  return static_cast<uint32_t>(from->arg);
}

Status Lifter::load_const(const PycInstruction& ins) {
  TRY(check_const(ins.arg));
  uint32_t index = static_cast<uint32_t>(ins.arg);
  uint8_t marks = marks_[ins.offset];
  Value v = constant(index);
  if (marks & kLazy) {
    push(Kind::Lazy, index);
    return {};
  }
  if ((marks & kAsMap) && is_tuple(v) && v.as<Tuple>()->length % 2 == 0) {
    Tuple* pairs = v.as<Tuple>();
    for (Value item : pairs->span()) emit_const(TRY(add_const(item)));
    emit(K::BUILD_MAP, static_cast<int64_t>(pairs->length / 2));
    push();
    return {};
  }
  // Up to 3.7: what tells `finally` that nothing happened.
  if (code_.minor <= 7 && v.is_none() && ins.next < finally_.size() && finally_[ins.next]) {
    push(Kind::Nothing);
    return {};
  }
  emit_const(index);
  push();
  return {};
}

Status Lifter::load_local(int64_t arg) {
  uint32_t slot = TRY(local(arg));
  // 3.13 on, cells themselves are loaded like locals. (A local that is a cell in a part of the code only is one or the other.)
  bool cell = code_.minor >= 13 && !(code_.slot_kinds[slot] & kSlotLocal);
  emit(cell ? K::LOAD_CLOSURE : K::LOAD_FAST_CHECK, slot);
  push();
  return {};
}

Status Lifter::store_local(int64_t arg) {
  uint32_t slot = TRY(local(arg));
  TRY(plain(1));
  emit(top().kind == Kind::Unset ? kRestoreFast : K::STORE_FAST, slot);
  drop();
  return {};
}

Status Lifter::load_attribute(int64_t name, bool method) {
  TRY(check_name(name));
  TRY(plain(1));
  emit(method ? K::LOAD_METHOD : K::LOAD_ATTR, name);
  drop();
  push_attribute(method);
  return {};
}

/// What loading an attribute leaves: it, or the callee and the receiver of the call that follows.
void Lifter::push_attribute(bool method) {
  if (!method) return push();
  if (code_.minor >= 13) {
    push();
    push(Kind::Unset);
  } else {
    push(Kind::Null);
    push(Kind::Method);
  }
}

/// Pushes the n-th entry again.
Status Lifter::copy(uint64_t n) {
  if (n == 0) return fail("a copy of nothing");
  TRY(need(n));
  size_t index = size() - n;
  Entry e = s_.stack[index];
  switch (width(e.kind)) {
    case 0:
      if (e.kind != Kind::Type && e.kind != Kind::Null && e.kind != Kind::Lazy) return fail("a copy of no value");
      push(e.kind, e.a);
      break;
    case 1:
      emit(K::COPY, slot_depth(index));
      push(e.kind == Kind::Unset || e.kind == Kind::Previous ? e.kind : Kind::Value);
      break;
    default:
      if (e.kind != Kind::Paired) return fail("a copy of a method");
      emit(K::COPY, slot_depth(index));
      push();
  }
  if (top().kind == Kind::Lazy) top().producer = e.producer;
  return {};
}

/// Sees to it that a receiver, or unset, lies between a callee and the `count` values above it.
Status Lifter::pair(size_t callee, uint64_t count) {
  Entry& f = s_.stack[callee];
  if (f.kind == Kind::Paired || f.kind == Kind::Method) return {};
  if (f.kind != Kind::Value && f.kind != Kind::Dict && f.kind != Kind::Exception) return fail("a call of no value");
  // The next round makes the place when the callee lies on top.
  mark(f.cover, kPair);
  emit(K::PUSH_NULL);
  std::vector<uint32_t> want{static_cast<uint32_t>(count)};
  for (uint32_t i = 0; i < count; ++i) want.push_back(i);
  emit_swaps(std::move(want));
  return {};
}

Status Lifter::emit_call(uint64_t count, int64_t names) {
  if (names < 0) {
    emit(K::CALL, static_cast<int64_t>(count));
    return {};
  }
  Value v = constant(static_cast<uint32_t>(names));
  if (!is_tuple(v) || v.as<Tuple>()->length > count) return fail("names of keywords that do not fit the call");
  emit_const(static_cast<uint32_t>(names));
  emit(K::CALL_KW, static_cast<int64_t>(count));
  return {};
}

/// A call of the entry `callee` with the `count` entries above it. `names`: constant with the names of the last of them, or -1.
Status Lifter::call(uint64_t count, size_t callee, int64_t names) {
  TRY(plain(count));
  TRY(pair(callee, count));
  TRY(emit_call(count, names));
  s_.stack.resize(callee);
  push();
  return {};
}

/// 3.11 on: the place of the receiver is on the stack, below the callee or (3.13 on) above it. Where it holds a value, that is
/// the first argument of what lies below.
Status Lifter::call_3_11(uint64_t count, int64_t names) {
  TRY(need(count + 2));
  size_t first = size() - count - 2;
  if (code_.minor <= 12 && s_.stack[first].kind == Kind::Null) {
    TRY(call(count, first + 1, names));
    s_.stack.erase(s_.stack.end() - 2);
    return {};
  }
  if (code_.minor <= 12 || s_.stack[first + 1].kind != Kind::Unset) return call(count + 1, first, names);
  TRY(plain(count + 2));
  TRY(emit_call(count, names));
  s_.stack.resize(first);
  push();
  return {};
}

/// values -> a dict of them under these constants.
Status Lifter::map_from_values(const std::vector<uint32_t>& keys) {
  size_t n = keys.size();
  TRY(plain(n));
  if (n == 0) {
    emit(K::BUILD_MAP, 0);
  } else if (n == 1) {
    emit_const(keys[0]);
    emit(K::SWAP, 2);
    emit(K::BUILD_MAP, 1);
  } else {
    emit(K::BUILD_TUPLE, static_cast<int64_t>(n));
    emit(K::UNPACK_SEQUENCE, static_cast<int64_t>(n));  // the first is on top now
    emit(K::BUILD_MAP, 0);
    for (uint32_t key : keys) {
      emit(K::SWAP, 2);
      emit_const(key);
      emit(K::SWAP, 2);
      emit(K::MAP_ADD, 1);
    }
  }
  drop(n);
  push(Kind::Dict);
  return {};
}

/// n iterables or mappings -> one collection that has what they have. The collection lies two places above a call's arguments
/// when DICT_MERGE looks for the callee.
Status Lifter::unpack_all(uint64_t n, K begin, K add) {
  TRY(plain(n));
  emit(K::BUILD_TUPLE, static_cast<int64_t>(n));
  emit(begin, 0);
  emit(K::SWAP, 2);
  for (uint64_t i = 0; i < n; ++i) {
    emit(K::COPY, 1);
    emit_const(TRY(add_const(Value::small_int(static_cast<int64_t>(i)))));
    emit(K::BINARY_SUBSCR);
    emit(add, 2);
  }
  emit(K::POP_TOP);
  drop(n);
  push(begin == K::BUILD_MAP ? Kind::Dict : Kind::Value);
  return {};
}

/// CALL_FUNCTION_EX: callee, arguments (, keywords).
Status Lifter::call_ex(bool keywords) {
  size_t n = keywords ? 2 : 1;
  TRY(need(n + 1));
  if (code_.minor >= 13) TRY(need(n + 2));
  if (keywords && code_.minor <= 8 && top().kind != Kind::Dict) {
    // Any mapping may come here.
    TRY(plain(1));
    emit(K::BUILD_MAP, 0);
    emit(K::SWAP, 2);
    emit(K::DICT_MERGE, 1);
    top().kind = Kind::Dict;
  }
  TRY(plain(n));
  if (code_.minor >= 13) {
    TRY(plain(n + 2));
    if (!keywords) emit(K::PUSH_NULL);
    emit(K::CALL_FUNCTION_EX);
    drop(n + 2);
    push();
    return {};
  }
  size_t callee = size() - n - 1;
  TRY(pair(callee, n));
  if (s_.stack[callee].kind == Kind::Method) return fail("a call of no value");
  if (!keywords) emit(K::PUSH_NULL);
  emit(K::CALL_FUNCTION_EX);
  if (code_.minor >= 11) {
    if (callee == 0 || s_.stack[callee - 1].kind != Kind::Null) return fail("a call without its unset place");
    --callee;
  }
  s_.stack.resize(callee);
  push();
  return {};
}

/// Calls up to 3.5: positional arguments, then names and values of keywords, then what comes after * and **.
Status Lifter::call_old(int64_t arg, bool var, bool keywords) {
  uint64_t positional = static_cast<uint64_t>(arg & 0xFF), named = static_cast<uint64_t>(arg >> 8 & 0xFF);
  size_t extra = (var ? 1u : 0u) + (keywords ? 1u : 0u);
  TRY(need(positional + 2 * named + extra + 1));
  size_t callee = size() - extra - 2 * named - positional - 1;
  std::vector<uint32_t> names;
  names.reserve(named);
  for (size_t i = 0; i < named; ++i) names.push_back(TRY(lazy(size() - (callee + 1 + positional + 2 * i))));
  if (new_marks_) {
    // Written properly in the next round.
    if (s_.stack[callee].kind == Kind::Value) mark(s_.stack[callee].cover, kPair);
    while (size() > callee) TRY(pop_entry());
    emit_const(TRY(add_const(Value::none())));
    push();
    return {};
  }
  // The names leave the picture.
  std::vector<Entry> kept;
  for (size_t i = callee + 1; i < size(); ++i)
    if (s_.stack[i].kind != Kind::Lazy) kept.push_back(s_.stack[i]);
  if (kept.size() != positional + named + extra) return fail("a keyword argument without its name");
  s_.stack.resize(callee + 1);
  s_.stack.insert(s_.stack.end(), kept.begin(), kept.end());
  if (extra == 0) {
    if (named == 0) return call(positional, callee, -1);
    Tuple* tuple = TRY(tuple_allocate(vm_, names.size()));
    for (size_t i = 0; i < names.size(); ++i) {
      if (!is_str(constant(names[i]))) return fail("a keyword argument without its name");
      tuple->items[i] = constant(names[i]);
    }
    vm_.barrier(tuple);
    TRY(plain(positional + named));
    emit_const(TRY(add_const(tuple)));
    if (s_.stack[callee].kind != Kind::Paired && s_.stack[callee].kind != Kind::Method) {
      mark(s_.stack[callee].cover, kPair);
      emit(K::PUSH_NULL);
    }
    emit(K::CALL_KW, static_cast<int64_t>(positional + named));
    s_.stack.resize(callee);
    push();
    return {};
  }
  TRY(plain(positional + named + extra));
  if (s_.stack[callee].kind == Kind::Value) mark(s_.stack[callee].cover, kPair);
  // callee, unset, p.., v.., star, mapping -> callee, unset, mapping, star, p.., v..
  uint32_t count = static_cast<uint32_t>(positional + named);
  std::vector<uint32_t> order;
  if (keywords) order.push_back(count + (var ? 1 : 0));
  if (var) order.push_back(count);
  for (uint32_t i = 0; i < count; ++i) order.push_back(i);
  TRY(permute(order));
  TRY(map_from_values(names));  // .., p.., D
  uint32_t p = static_cast<uint32_t>(positional);
  // -> D, p..
  std::vector<uint32_t> below{p};
  for (uint32_t i = 0; i < p; ++i) below.push_back(i);
  TRY(permute(below));
  emit(K::BUILD_LIST, p);
  drop(p);
  push();
  if (var) {  // mapping, star, D, L -> mapping, D, L
    TRY(permute({1, 2, 0}));
    emit(K::LIST_EXTEND, 1);
    drop();
  }
  emit(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kListToTuple));
  if (keywords) {  // mapping, D, T -> T, D, mapping
    TRY(permute({2, 1, 0}));
    emit(K::DICT_MERGE, 1);
    drop();
  } else {
    TRY(permute({1, 0}));
  }
  emit(K::CALL_FUNCTION_EX);
  s_.stack.resize(callee);
  push();
  return {};
}

// --- Functions

/// The code object of a function that is made, and the name that the instruction gives it (up to 3.10; unset after).
Status Lifter::made_code(const Entry& code, Value qualname) {
  const PycInstruction* from = producer(code);
  if (from == nullptr || from->op != Op::LOAD_CONST || from->arg >= static_cast<int64_t>(code_.consts->length))
    return fail("a function of no code object");
  const PycCode* inner = shared_.file.code_of(constant(static_cast<uint32_t>(from->arg)));
  if (inner == nullptr) return fail("a function of no code object");
  if (qualname.is_unset()) return {};
  if (!is_str(qualname)) return fail("a function whose name is no str");
  qualnames_[inner] = as_str(qualname);
  return {};
}

Status Lifter::set_attribute(int flag) {
  TRY(plain(2));
  if (flag == 4 && code_.minor >= 10) TRY(annotations_as_map(top(2)));
  emit(K::SET_FUNCTION_ATTRIBUTE, flag);
  Entry function = top();
  drop(2);
  s_.stack.push_back(function);
  return {};
}

/// 3.10 to 3.13 keep annotations as a tuple of names and values, which becomes a dict when somebody asks: here at once.
Status Lifter::annotations_as_map(const Entry& e) {
  const PycInstruction* from = producer(e);
  if (from == nullptr || (from->op != Op::BUILD_TUPLE && from->op != Op::LOAD_CONST)) return {};
  mark(e.producer, kAsMap);
  return {};
}

Status Lifter::finish_function(int64_t flags) {
  for (int flag : {8, 4, 2, 1})
    if (flags & flag) TRY(set_attribute(flag));
  return {};
}

Status Lifter::make_function(const PycInstruction& ins) {
  if (code_.minor <= 5) return make_function_old(ins);
  Value qualname;
  if (code_.minor <= 10) {
    TRY(need(2));
    uint32_t name = TRY(lazy(1));
    TRY(check_const(name));
    qualname = constant(name);
    TRY(pop_entry());
  }
  TRY(plain(1));
  Entry code = top();
  TRY(made_code(code, qualname));
  emit(K::MAKE_FUNCTION);
  drop();
  push();
  top().producer = code.producer;  // which code a function has is of interest: see mark_evaluator
  return code_.minor >= 13 ? Status{} : finish_function(ins.arg & 15);
}

/// Up to 3.5: defaults, names and values of keyword defaults, annotations, their names, (cells,) code, qualified name.
Status Lifter::make_function_old(const PycInstruction& ins) {
  uint32_t defaults = static_cast<uint32_t>(ins.arg & 0xFF), named = static_cast<uint32_t>(ins.arg >> 8 & 0xFF),
           annotations = static_cast<uint32_t>(ins.arg >> 16 & 0x7FFF);
  bool closure = ins.op == Op::MAKE_CLOSURE;
  uint64_t all = uint64_t{defaults} + 2 * named + annotations + (closure ? 1 : 0) + 2;
  TRY(need(all));
  size_t base = size() - all;
  uint32_t qualname = TRY(lazy(1));
  TRY(check_const(qualname));
  TRY(made_code(top(2), constant(qualname)));
  std::vector<uint32_t> keyword_names, annotation_names;
  size_t first_keyword = base + defaults;
  for (uint32_t i = 0; i < named; ++i) keyword_names.push_back(TRY(lazy(size() - (first_keyword + 2 * i))));
  if (annotations > 0) {
    uint32_t names = TRY(lazy(closure ? 4 : 3));
    TRY(check_const(names));
    Value v = constant(names);
    if (!is_tuple(v) || v.as<Tuple>()->length != annotations - 1) return fail("names of annotations that do not fit");
    for (Value name : v.as<Tuple>()->span()) annotation_names.push_back(TRY(add_const(name)));
  }
  if (new_marks_) {
    while (size() > base) TRY(pop_entry());
    emit_const(TRY(add_const(Value::none())));
    push();
    return {};
  }
  std::vector<Entry> kept;
  for (size_t i = base; i < size(); ++i)
    if (s_.stack[i].kind != Kind::Lazy) kept.push_back(s_.stack[i]);
  uint32_t values = annotations > 0 ? annotations - 1 : 0;
  if (kept.size() != uint64_t{defaults} + named + values + (closure ? 1 : 0) + 1)
    return fail("a default without its name");
  s_.stack.resize(base);
  s_.stack.insert(s_.stack.end(), kept.begin(), kept.end());
  TRY(plain(kept.size()));
  // Everything is made from the top down, what is made waits below: in the end code, cells, annotations and defaults lie so
  // that each is next when it is needed.
  uint32_t waiting = closure ? 2 : 1;
  auto to_bottom = [&](uint32_t above, uint32_t moved) -> Status {  // the top `moved` entries below the `above` others
    std::vector<uint32_t> order;
    order.reserve(moved + above);
    for (uint32_t i = 0; i < moved; ++i) order.push_back(above + i);
    for (uint32_t i = 0; i < above; ++i) order.push_back(i);
    return permute(order);
  };
  uint32_t rest = defaults + named + values;
  TRY(to_bottom(rest, waiting));
  if (annotations > 0) {
    TRY(map_from_values(annotation_names));
    rest -= values;
    TRY(to_bottom(rest, 1));
    ++waiting;
  }
  if (named > 0) {
    TRY(map_from_values(keyword_names));
    rest -= named;
    TRY(to_bottom(rest, 1));
    ++waiting;
  }
  if (defaults > 0) {
    emit(K::BUILD_TUPLE, defaults);
    drop(defaults);
    push();
    ++waiting;
  }
  // (cells,) code, annotations?, keyword defaults?, defaults? -> defaults?, keyword defaults?, annotations?, (cells,) code
  uint32_t fixed = closure ? 2 : 1;
  std::vector<uint32_t> order;
  for (uint32_t i = waiting; i-- > fixed;) order.push_back(i);
  for (uint32_t i = 0; i < fixed; ++i) order.push_back(i);
  TRY(permute(order));
  emit(K::MAKE_FUNCTION);
  drop();
  push();
  int64_t flags = (closure ? 8 : 0) | (annotations > 0 ? 4 : 0) | (named > 0 ? 2 : 0) | (defaults > 0 ? 1 : 0);
  return finish_function(flags);
}

/// A function that computes a type parameter's bound or a type alias's value: Krait calls it with a format, which 3.12 and 3.13
/// did not have.
void Lifter::mark_evaluator(const Entry& function) {
  if (code_.minor >= 14) return;
  const PycInstruction* from = producer(function);
  if (from == nullptr || from->op != Op::LOAD_CONST || from->arg >= static_cast<int64_t>(code_.consts->length)) return;
  if (const PycCode* inner = shared_.file.code_of(constant(static_cast<uint32_t>(from->arg)))) {
    if (inner->argument_count == 0) evaluators_[inner] = true;
  }
}

// --- with, generators

/// manager -> exit, what enter gave
Status Lifter::before_with(bool async) {
  TRY(plain(1));
  emit(K::COPY, 1);
  emit(K::LOAD_SPECIAL, async ? 3 : 1);
  emit(K::SWAP, 2);
  emit(K::SWAP, 3);
  emit(K::LOAD_SPECIAL, async ? 2 : 0);
  emit(K::CALL, 0);
  drop();
  push(Kind::Method);
  push();
  return {};
}

/// Up to 3.10: iterator, value to send -> result. In between the frame yields what the iterator yields.
Status Lifter::yield_from(const PycInstruction&) {
  TRY(plain(2));
  bool await = !(code_.flags & kCoGenerator);
  uint32_t depth = slots(0, size());
  int32_t send = new_block(), exit = new_block(), fail_block = new_block();
  blocks_[static_cast<size_t>(current_)].next = send;
  current_ = send;
  emit_to(K::SEND, exit);
  int32_t outer = handler_;
  handler_ = fail_block;
  emit(K::YIELD_VALUE, 1);
  handler_ = outer;
  emit(K::RESUME, await ? 3 : 2);
  emit_to(K::JUMP, send);
  FlowBlock& thrown = blocks_[static_cast<size_t>(fail_block)];
  thrown.is_handler = true;
  thrown.handler_depth = static_cast<int32_t>(depth);
  thrown.next = exit;
  current_ = fail_block;
  emit(K::CLEANUP_THROW);
  current_ = exit;
  emit(K::END_SEND);
  drop(2);
  push();
  return {};
}

Status Lifter::yield_value(const PycInstruction& ins) {
  if (code_.minor <= 10) {
    TRY(plain(1));
    if (code_.flags & kCoAsyncGenerator) emit(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kAsyncGenWrap));
    emit(K::YIELD_VALUE, 0);
    emit(K::RESUME, 1);
    drop();
    push();
    return {};
  }
  // Part of a yield from or await loop?
  size_t here = static_cast<size_t>(at_[ins.offset]);
  bool delegates = here + 1 < instructions_.size() && instructions_[here + 1].op == Op::RESUME &&
                   (instructions_[here + 1].arg & 3) >= 2;
  TRY(plain(1));
  if (!delegates || code_.minor >= 12) {
    emit(K::YIELD_VALUE, delegates ? 1 : 0);
    drop();
    push();
    return {};
  }
  // 3.11: what close() and throw() raise here may be the StopIteration that carries the result.
  if (here == 0 || instructions_[here - 1].op != Op::SEND || size() < 2)
    return fail("a delegating yield without its iterator");
  TRY(plain(2));
  State done = s_;
  done.stack.resize(size() - 2);
  done.stack.push_back({});
  int32_t after = TRY(block_for(jump_target(code_, instructions_[here - 1]), done));
  int32_t outer = handler_, written_to = current_;
  int32_t thrown = new_block();
  blocks_[static_cast<size_t>(thrown)].is_handler = true;
  blocks_[static_cast<size_t>(thrown)].handler_depth = static_cast<int32_t>(slots(0, size()));
  handler_ = thrown;
  emit(K::YIELD_VALUE, 1);
  handler_ = outer;
  current_ = thrown;
  emit(K::CLEANUP_THROW);
  emit(K::END_SEND);
  emit_to(K::JUMP, after);
  current_ = written_to;
  drop();
  push();
  return {};
}

// --- Comparisons

/// exception's type (a ghost above the exception), classes -> whether they match
Status Lifter::exception_match() {
  TRY(plain(1));
  if (size() < 2 || top(2).kind != Kind::Type) return fail("no exception to compare");
  size_t i = size() - 2;
  while (i > 0 && width(s_.stack[i].kind) == 0) --i;
  if (s_.stack[i].kind != Kind::Exception) return fail("no exception to compare");
  emit(K::CHECK_EXC_MATCH);
  drop(2);
  push();
  return {};
}

Status Lifter::compare(int64_t number) {
  switch (number) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5: return simple(K::COMPARE_OP, number, 2, 1);
    case 6:
    case 7: return simple(K::CONTAINS_OP, number - 6, 2, 1);
    case 8:
    case 9: return simple(K::IS_OP, number - 8, 2, 1);
    case 10: return exception_match();
    default: return fail("an unknown comparison");
  }
}

}  // namespace krait::pyc

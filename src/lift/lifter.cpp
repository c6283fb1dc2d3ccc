#include "lift/lifter.hpp"

#include <algorithm>
#include <cstring>

#include "lift/lift.hpp"
#include "lift/origins.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait::pyc {
namespace {

constexpr size_t kMostStack = 65000;
constexpr size_t kMostMemo = size_t{256} << 20;  ///< bytes of pictures
constexpr uint64_t kCountEvery = 1024;           ///< instructions written between two polls
constexpr int kMostRounds = 6;

bool is_jump_op(Operand operand) { return operand == Operand::JumpAbsolute || operand == Operand::JumpRelative; }

/// The flags that moved, and those that only CPython's own loop reads.
uint32_t krait_flags(const PycCode& c) {
  constexpr uint32_t kNoFree = 0x40, kNoMonitoring = 0x2000000;
  uint32_t flags = c.flags & 0x3BF;
  uint32_t future = c.minor <= 8 ? (c.flags & 0x1FE000) << 4 : c.flags & 0x1FE0000;
  flags |= future;
  flags &= ~(kNoFree | kNoMonitoring);
  if (c.minor >= 14) {
    flags |= c.flags & (kCoHasDocstring | kCoMethod);
  } else if (c.consts->length > 0 && is_str(c.consts->items[0])) {
    flags |= kCoHasDocstring;
  }
  return flags;
}

}  // namespace

int width(Kind k) {
  switch (k) {
    case Kind::Paired:
    case Kind::Method: return 2;
    case Kind::Value:
    case Kind::Dict:
    case Kind::Unset:
    case Kind::OldTraceback:
    case Kind::Previous:
    case Kind::Exception: return 1;
    default: return 0;
  }
}

Error Lifter::fail(const char* what) {
  return vm_.raise(E::ValueError, "invalid code object: {} at offset {} of {} (CPython 3.{})", what,
                   static_cast<int64_t>(ins_ == nullptr ? -1 : static_cast<int64_t>(ins_->offset)), code_.name,
                   static_cast<int64_t>(code_.minor));
}

Location Lifter::location(uint32_t offset) const {
  auto after = std::upper_bound(locations_.begin(), locations_.end(), offset,
                                [](uint32_t at, const PycLocation& l) { return at < l.start; });
  if (after == locations_.begin()) return kNoLocation;
  --after;
  return offset < after->end ? after->location : kNoLocation;
}

// --- Before the walk

Status Lifter::prepare() {
  size_t n = code_.code.size();
  TRY(tables_.add(decoded_bytes(code_) + n * (2 * sizeof(int32_t) + 3)));
  instructions_ = decode(code_);
  locations_ = locations(code_);
  rows_ = exception_rows(code_);
  at_.assign(n + 1, -1);
  leaders_.assign(n + 1, 0);
  finally_.assign(n + 1, 0);
  marks_.assign(n + 1, 0);
  for (size_t i = 0; i < instructions_.size(); ++i) at_[instructions_[i].offset] = static_cast<int32_t>(i);
  auto lead = [&](int64_t offset) {
    if (offset >= 0 && offset < static_cast<int64_t>(n)) leaders_[static_cast<size_t>(offset)] = 1;
  };
  for (const PycInstruction& ins : instructions_) {
    // Where the ways out of a with or finally meet, what follows is written once.
    if (ins.op == Op::WITH_CLEANUP || ins.op == Op::WITH_CLEANUP_FINISH || ins.op == Op::END_FINALLY ||
        ins.op == Op::POP_FINALLY)
      lead(ins.next);
    if (is_jump_op(op_row(code_.minor, ins.opcode).operand)) {
      int64_t target = jump_target(code_, ins);
      lead(target);
      if (ins.op == Op::FOR_ITER && code_.minor >= 12) {  // goes on after END_FOR, and 3.13's POP_TOP, 3.14's POP_ITER
        lead(target + (code_.minor == 12 ? 2 : 4));
      }
      if (ins.op == Op::CALL_FINALLY) lead(ins.next);
      bool to_finally = ins.op == Op::SETUP_FINALLY || ins.op == Op::SETUP_WITH || ins.op == Op::SETUP_ASYNC_WITH;
      if (to_finally && code_.minor <= 7 && target >= 0 && target < static_cast<int64_t>(n))
        finally_[static_cast<size_t>(target)] = 1;
    }
  }
  for (const ExceptionRow& row : rows_) lead(row.target);
  TRY(find_rows());
  consts_ = TRY(list_new(vm_));
  names_ = TRY(list_new(vm_));
  for (Value v : code_.consts->span()) TRY(list_append(vm_, consts_, v));
  for (Value v : code_.names->span()) TRY(list_append(vm_, names_, v));
  return {};
}

/// Which row guards which instruction. Of several it is the first: instructions that have theirs are passed over at a stride, so
/// that rows which overlap cost nothing.
Status Lifter::find_rows() {
  row_of_.assign(instructions_.size(), -1);
  if (rows_.empty()) return {};
  std::vector<uint32_t> free(instructions_.size() +
                             1);  // the first one at or after this without a row, or on the way there
  for (uint32_t i = 0; i < free.size(); ++i) free[i] = i;
  auto first_free = [&free](uint32_t i) {
    while (free[i] != i) i = free[i] = free[free[i]];
    return i;
  };
  for (size_t r = 0; r < rows_.size(); ++r) {
    if ((r & 1023) == 0) TRY(vm_.poll());
    auto from = std::lower_bound(instructions_.begin(), instructions_.end(), rows_[r].start,
                                 [](const PycInstruction& ins, uint32_t at) { return ins.offset < at; });
    uint32_t i = first_free(static_cast<uint32_t>(from - instructions_.begin()));
    for (; i < instructions_.size() && instructions_[i].offset < rows_[r].end; i = first_free(i)) {
      row_of_[i] = static_cast<int32_t>(r);
      free[i] = i + 1;
    }
  }
  return {};
}

// --- Blocks of the graph

int32_t Lifter::new_block() {
  blocks_.emplace_back();
  blocks_.back().reachable = true;
  return static_cast<int32_t>(blocks_.size() - 1);
}

std::string Lifter::key(uint32_t offset, const State& state, char purpose) const {
  std::string out(1, purpose);
  auto number = [&out](uint32_t n) { out.append(reinterpret_cast<const char*>(&n), sizeof n); };
  number(offset);
  number(static_cast<uint32_t>(state.blocks.size()));
  for (const Block& b : state.blocks) {
    out += static_cast<char>(b.type);
    number(b.target);
    number(b.level);
  }
  for (const Entry& e : state.stack) {
    out += static_cast<char>(e.kind);
    if (e.a != 0) {
      out += '\x7f';
      number(e.a);
    }
  }
  return out;
}

/// The place of the block for a picture: -1 in it, when there is none yet.
Result<int32_t*> Lifter::remember(uint32_t offset, const State& state, char purpose) {
  auto [place, fresh] = memo_.try_emplace(key(offset, state, purpose), -1);
  if (fresh) {
    size_t bytes = place->first.size() + state.stack.size() * sizeof(Entry) + sizeof(FlowBlock) + 128;
    memo_bytes_ += bytes;
    if (memo_bytes_ > kMostMemo) return fail("too many ways lead through the code");
    TRY(round_.add(bytes));
  }
  return &place->second;
}

/// Called often enough while instructions are written.
Status Lifter::count() {
  if (written_ - counted_ < kCountEvery) return {};
  TRY(round_.add((written_ - counted_) * 2 * sizeof(FlowInstruction)));
  counted_ = written_;
  return vm_.poll();
}

Result<int32_t> Lifter::block_for(int64_t offset, const State& state) {
  if (offset < 0 || offset >= static_cast<int64_t>(code_.code.size()) || at_[static_cast<size_t>(offset)] < 0)
    return fail("a jump to no instruction");
  uint32_t at = static_cast<uint32_t>(offset);
  const PycInstruction& target = instructions_[static_cast<size_t>(at_[at])];
  if (target.start != at) return fail("a jump into the middle of an instruction");
  if (state.stack.size() > kMostStack) return fail("the stack is too deep");
  int32_t* place = TRY(remember(at, state, 'b'));
  if (*place >= 0) return *place;
  int32_t block = *place = new_block();
  work_.push_back({block, at, state});
  return block;
}

/// Where an exception goes that is raised now; -1: out of the frame.
Result<int32_t> Lifter::handler_of(const State& state) {
  if (code_.minor <= 10) return block_handler(state);
  int32_t number = row_of_[static_cast<size_t>(ins_ - instructions_.data())];
  if (number < 0) return block_handler(State{});  // what guards the whole frame
  const ExceptionRow& row = rows_[static_cast<size_t>(number)];
  if (row.depth > state.stack.size()) return fail("an exception handler expects a deeper stack");
  State cut;
  cut.stack.assign(state.stack.begin(), state.stack.begin() + row.depth);
  int32_t* place = TRY(remember(row.target, cut, row.lasti ? 'L' : 'H'));
  if (*place >= 0) return *place;
  int32_t block = *place = new_block();
  uint32_t depth = 0;
  for (const Entry& e : cut.stack) depth += static_cast<uint32_t>(width(e.kind));
  blocks_[static_cast<size_t>(block)].is_handler = true;
  blocks_[static_cast<size_t>(block)].push_lasti = row.lasti;
  blocks_[static_cast<size_t>(block)].handler_depth = static_cast<int32_t>(depth);
  if (row.lasti) cut.stack.push_back({});
  cut.stack.push_back({Kind::Exception});
  int32_t next = TRY(block_for(row.target, cut));
  blocks_[static_cast<size_t>(block)].next = next;
  return block;
}

Status Lifter::refresh() {
  handler_ = TRY(handler_of(s_));
  return {};
}

// --- Writing

void Lifter::emit(K op, int64_t arg) {
  ++written_;
  int32_t origin = first_ ? static_cast<int32_t>(ins_->offset) : -1;
  first_ = false;
  blocks_[static_cast<size_t>(current_)].code.push_back(
      {op, static_cast<int32_t>(arg), -1, handler_, location_, origin});
}

/// For an instruction that has none otherwise.
void Lifter::emit_counterpart() {
  location_ = location(ins_->offset);
  handler_ = -1;
  emit(K::NOP);
}

/// A jump. After a conditional one a new block begins.
void Lifter::emit_to(K op, int32_t target) {
  emit(op, 0);
  blocks_[static_cast<size_t>(current_)].code.back().target = target;
  if (is_conditional_jump(op)) {
    int32_t next = new_block();
    blocks_[static_cast<size_t>(current_)].next = next;
    current_ = next;
  }
}

Result<uint32_t> Lifter::add_const(Value v) {
  auto [place, fresh] = added_.try_emplace(v.bits(), static_cast<uint32_t>(consts_->length));
  if (fresh) TRY(list_append(vm_, consts_, v));
  return place->second;
}

Result<uint32_t> Lifter::add_name(const char* text) {
  Str* name = TRY(vm_.intern(text));
  for (uint64_t i = 0; i < names_->length; ++i)
    if (names_->items()[i].is(Value(name))) return static_cast<uint32_t>(i);
  TRY(list_append(vm_, names_, name));
  return static_cast<uint32_t>(names_->length - 1);
}

Status Lifter::jump(int64_t offset) {
  int32_t block = TRY(block_for(offset, s_));
  emit_to(K::JUMP, block);
  end();
  return {};
}

Status Lifter::branch(K op, int64_t offset, const State& taken) {
  int32_t block = TRY(block_for(offset, taken));
  emit_to(op, block);
  return {};
}

// --- The abstract stack

Status Lifter::need(uint64_t n) {
  if (n > size()) return fail("stack underflow");
  return {};
}

/// Makes sure that the n entries on top are one slot each.
Status Lifter::plain(uint64_t n) {
  TRY(need(n));
  for (uint64_t i = n; i > 0; --i) {
    Entry& e = top(i);
    switch (e.kind) {
      case Kind::Value:
      case Kind::Dict:
      case Kind::Unset:
      case Kind::Exception: break;
      case Kind::Paired: {
        // The unset value goes to the top and away.
        uint32_t depth = slot_depth(size() - i) - 1, count = depth;
        std::vector<uint32_t> want;
        for (uint32_t k = 1; k < count; ++k) want.push_back(k);
        want.push_back(0);
        emit_swaps(std::move(want));
        emit(K::POP_TOP);
        e.kind = Kind::Value;
        break;
      }
      default: return fail("an operand is no value");
    }
  }
  return {};
}

void Lifter::push(Kind kind, uint32_t a) {
  s_.stack.push_back({kind, a, ins_ == nullptr ? -1 : static_cast<int64_t>(ins_->offset), -1});
}

uint32_t Lifter::slots(size_t first, size_t last) const {
  uint32_t n = 0;
  for (size_t i = first; i < last; ++i) n += static_cast<uint32_t>(width(s_.stack[i].kind));
  return n;
}

/// How far from the top the first slot of an entry lies (1: the top).
uint32_t Lifter::slot_depth(size_t index) const { return slots(index, size()); }

/// Brings the top slots into the order that `want` says: old numbers, from the bottom.
void Lifter::emit_swaps(std::vector<uint32_t> want) {
  size_t n = want.size();
  if (n < 2) return;
  std::vector<uint32_t> now(n), place(n);
  for (uint32_t i = 0; i < n; ++i) {
    now[i] = i;
    place[want[i]] = i;
  }
  size_t first = 0;
  while (true) {
    size_t to = place[now[n - 1]];
    if (to == n - 1) {
      while (first < n && now[first] == want[first]) ++first;
      if (first == n) return;
      to = first;
    }
    emit(K::SWAP, static_cast<int64_t>(n - to));
    std::swap(now[n - 1], now[to]);
  }
}

/// The same for entries: new order of the top ones by old number.
Status Lifter::permute(const std::vector<uint32_t>& order) {
  TRY(need(order.size()));
  size_t base = size() - order.size();
  std::vector<uint32_t> start;
  uint32_t n = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    start.push_back(n);
    n += static_cast<uint32_t>(width(s_.stack[base + i].kind));
  }
  std::vector<uint32_t> want;
  std::vector<Entry> entries;
  for (uint32_t from : order) {
    entries.push_back(s_.stack[base + from]);
    for (int k = 0; k < width(entries.back().kind); ++k) want.push_back(start[from] + static_cast<uint32_t>(k));
  }
  emit_swaps(std::move(want));
  std::copy(entries.begin(), entries.end(), s_.stack.begin() + static_cast<ptrdiff_t>(base));
  return {};
}

Status Lifter::pop_entry() {
  TRY(need(1));
  for (int i = 0; i < width(top().kind); ++i) emit(K::POP_TOP);
  drop();
  return {};
}

/// Takes away what lies above `level`, but for the top `keep` entries (one slot each at most).
Status Lifter::discard_to(size_t level, size_t keep) {
  if (size() < level + keep) return fail("stack underflow");
  while (size() > level + keep) {
    Entry& e = s_.stack[size() - keep - 1];
    uint32_t kept = slots(size() - keep, size());
    for (int i = 0; i < width(e.kind); ++i) {
      if (kept == 1) emit(K::SWAP, 2);
      if (kept > 1) {
        std::vector<uint32_t> want;
        for (uint32_t k = 1; k <= kept; ++k) want.push_back(k);
        want.push_back(0);
        emit_swaps(std::move(want));
      }
      emit(K::POP_TOP);
    }
    s_.stack.erase(s_.stack.end() - static_cast<ptrdiff_t>(keep) - 1);
  }
  return {};
}

// --- The walk

void Lifter::mark(int64_t offset, Mark what) {
  if (offset < 0) return;
  uint8_t& marks = marks_[static_cast<size_t>(offset)];
  if (!(marks & what)) new_marks_ = true;
  marks |= what;
}

/// What runs before the first instruction, where the code itself does not say it.
void Lifter::begin() {
  current_ = new_block();
  handler_ = -1;
  location_ = kNoLocation;
  if (code_.minor >= 11) return;
  if (code_.free_count != 0) emit(K::COPY_FREE_VARS, code_.free_count);
  for (size_t i = 0; i < code_.slot_kinds.size(); ++i)
    if (code_.slot_kinds[i] & kSlotCell) emit(K::MAKE_CELL, static_cast<int64_t>(i));
  location_ = {static_cast<int32_t>(code_.first_line), static_cast<int32_t>(code_.first_line), -1, -1};
  emit(K::RESUME, 0);
}

Status Lifter::walk(Work work) {
  s_ = std::move(work.state);
  current_ = work.block;
  ended_ = false;
  keyword_names_ = -1;
  for (size_t i = static_cast<size_t>(at_[work.offset]); !ended_; ++i) {
    if (i >= instructions_.size()) return fail("control falls off the end");
    const PycInstruction& ins = instructions_[i];
    ins_ = &ins;
    if (leaders_[ins.offset] && ins.offset == ins.start && ins.offset != work.offset) {
      int32_t next = TRY(block_for(ins.offset, s_));
      blocks_[static_cast<size_t>(current_)].next = next;
      return {};
    }
    first_ = keep_;
    if (ins.op == Op::EXTENDED_ARG) {
      if (keep_) emit_counterpart();
      continue;
    }
    TRY(count());
    if (written_ > 4096 + 64 * instructions_.size()) return fail("too many ways lead through the code");
    if (size() > kMostStack) return fail("the stack is too deep");  // in entries; finish() counts its places
    if (ins.arg < 0 || ins.arg > INT32_MAX) return fail("an argument is too large");
    location_ = location(ins.offset);
    if (ins.op == Op::PUSH_EXC_INFO) {
      handler_ = -1;  // cannot raise, and what its handler finds is not there yet
    } else {
      TRY(refresh());
    }
    if (size() > 0) top().cover = ins.offset;
    if ((marks_[ins.offset] & kPair) && size() > 0 &&
        (top().kind == Kind::Value || top().kind == Kind::Exception || top().kind == Kind::Dict)) {
      emit(K::PUSH_NULL);
      top().kind = Kind::Paired;
    }
    ++written_;
    TRY(step(ins));
    if (first_ && !ended_) emit_counterpart();
  }
  return {};
}

Status Lifter::round() {
  blocks_.clear();
  memo_.clear();
  memo_bytes_ = 0;
  written_ = counted_ = 0;
  round_.clear();
  new_marks_ = false;
  ins_ = instructions_.data();
  begin();
  int32_t entry = current_;
  int32_t first = TRY(block_for(0, State{}));
  blocks_[static_cast<size_t>(entry)].next = first;
  while (!work_.empty()) {
    Work work = std::move(work_.back());
    work_.pop_back();
    TRY(walk(std::move(work)));
  }
  return {};
}

Result<Code*> Lifter::run() {
  TRY(vm_.check_stack());
  TRY(prepare());
  keep_ = vm_.extension<Origins>().keep;
  for (int i = 0; i < kMostRounds; ++i) {
    TRY(round());
    if (!new_marks_) return finish();
  }
  ins_ = nullptr;
  return fail("what its instructions mean is not clear");
}

// --- The code object

Result<Code*> Lifter::finish() {
  ins_ = nullptr;
  ConstantPool unused(vm_);
  FlowGraph graph(unused);
  uint32_t slot_count = static_cast<uint32_t>(code_.slot_names.size()) + shift_;
  uint32_t parameters = code_.argument_count + code_.keyword_only + ((code_.flags & kCoVarArgs) != 0) +
                        ((code_.flags & kCoVarKeywords) != 0) + shift_;
  if (shift_ != 0) {
    for (FlowBlock& b : blocks_)
      for (FlowInstruction& f : b.code)
        if (f.op < K::kCanonicalCount && (kOpInfo[static_cast<int>(f.op)].operand == krait::Operand::Local ||
                                          kOpInfo[static_cast<int>(f.op)].operand == krait::Operand::Cell))
          ++f.arg;
        else if (f.op == kRestoreFast)
          ++f.arg;
  }
  graph.adopt(std::move(blocks_));
  graph.check_locals(slot_count, parameters);
  graph.lay_out(keep_);
  int32_t depth = graph.compute_depths();
  if (depth < 0) return fail("inconsistent stack depth");
  if (depth > UINT16_MAX) return fail("the stack is too deep");

  std::vector<FlowBlock>& blocks = graph.blocks();
  std::vector<uint32_t> start(blocks.size(), 0);
  uint32_t count = 0;
  for (int32_t b : graph.order()) {
    start[static_cast<size_t>(b)] = count;
    count += static_cast<uint32_t>(blocks[static_cast<size_t>(b)].code.size());
  }
  if (count >= static_cast<uint32_t>(kMaxOperand) / 2) return fail("the code is too large");
  TRY(tables_.add(count * (sizeof(Instruction) + sizeof(Location) + sizeof(int32_t)) * uint64_t{2}));
  std::vector<Instruction> instructions;
  std::vector<Location> places;
  std::vector<Handler> handlers;
  std::vector<int32_t> origins;
  int32_t open = -1;
  uint32_t open_at = 0;
  auto close = [&](uint32_t end) {
    if (open < 0 || end == open_at) return;
    const FlowBlock& h = blocks[static_cast<size_t>(open)];
    handlers.push_back(
        {open_at, end, start[static_cast<size_t>(open)], static_cast<uint16_t>(h.handler_depth), h.push_lasti});
  };
  for (int32_t b : graph.order()) {
    for (const FlowInstruction& f : blocks[static_cast<size_t>(b)].code) {
      uint32_t here = static_cast<uint32_t>(instructions.size());
      if (f.handler != open) {
        close(here);
        open = f.handler;
        open_at = here;
      }
      K op = f.op == kRestoreFast ? K::STORE_FAST : f.op;
      int32_t arg = f.arg;
      if (f.target >= 0) {
        arg = static_cast<int32_t>(start[static_cast<size_t>(f.target)]) - static_cast<int32_t>(here) - 1;
        if (op == K::JUMP && arg < 0) op = K::JUMP_BACKWARD;
      } else if (op == K::LOAD_CONST) {
        Value v = consts_->items()[arg];
        if (v.is_small_int() && v.as_small_int() >= 0 && v.as_small_int() <= 255) {
          op = K::LOAD_SMALL_INT;
          arg = static_cast<int32_t>(v.as_small_int());
        }
      }
      if (arg > kMaxOperand) return fail("an operand is too large");
      instructions.push_back(encode(op, arg));
      places.push_back(f.loc);
      if (keep_) origins.push_back(f.origin);
    }
  }
  close(static_cast<uint32_t>(instructions.size()));

  // Code objects among the constants.
  for (uint64_t i = 0; i < code_.consts->length; ++i) {
    const PycCode* inner = shared_.file.code_of(code_.consts->items[i]);
    if (inner == nullptr) continue;
    auto done = shared_.done.find(inner);
    Code* made;
    if (done != shared_.done.end()) {
      made = done->second;
    } else {
      auto named = qualnames_.find(inner);
      Str* qualname = inner->qualname != nullptr  ? inner->qualname
                      : named != qualnames_.end() ? named->second
                                                  : inner->name;
      made = TRY(Lifter(vm_, shared_, *inner, qualname, evaluators_.contains(inner)).run());
      TRY(list_append(vm_, shared_.roots, made));
      shared_.done[inner] = made;
    }
    consts_->items()[i] = made;
    vm_.barrier(consts_);
  }

  CodeParts parts;
  parts.argument_count = code_.argument_count + shift_;
  parts.positional_only = code_.positional_only + shift_;
  parts.keyword_only = code_.keyword_only;
  parts.local_count = code_.local_count + shift_;
  parts.free_count = code_.free_count;
  parts.max_stack = static_cast<uint32_t>(depth);
  parts.flags = krait_flags(code_);
  parts.first_line = code_.first_line;
  parts.instructions = instructions;
  parts.handlers = handlers;
  parts.locations = places;
  std::vector<uint8_t> kinds = code_.slot_kinds;
  if (shift_ != 0) kinds.insert(kinds.begin(), kSlotLocal);
  parts.slot_kinds = kinds;
  auto as_tuple = [&](List* list) -> Result<Tuple*> {
    if (list->length == 0) return vm_.empty_tuple;
    Value t = list_to_tuple(vm_, list);
    if (t.is_error()) return Error{};
    return t.as<Tuple>();
  };
  parts.consts = TRY(as_tuple(consts_));
  parts.names = TRY(as_tuple(names_));
  if (slot_count != 0) {
    parts.slot_names = TRY(tuple_allocate(vm_, slot_count));
    if (shift_ != 0) {
      parts.slot_names->items[0] = TRY(vm_.intern(".format"));
      vm_.barrier(parts.slot_names);
    }
    for (size_t i = 0; i < code_.slot_names.size(); ++i) parts.slot_names->items[i + shift_] = code_.slot_names[i];
    vm_.barrier(parts.slot_names);
  }
  parts.filename = code_.filename;
  parts.name = code_.name;
  parts.qualname = qualname_;
  Code* made = TRY(code_new(vm_, parts));
  TRY(code_verify(vm_, made));
  if (keep_) vm_.extension<Origins>().of[made] = {code_.minor, code_.code, std::move(origins)};
  return made;
}

// --- The door

namespace {

/// Lifts what marshal data holds: code objects wherever they lie in tuples, lists and dicts, which may share their parts or hold
/// each other.
class ValueLifter {
 public:
  ValueLifter(Vm& vm, const PycFile& file, List* roots) : vm_(vm), shared_{file, {}, roots} {}

  Result<Code*> code(const PycCode& c) {
    auto done = shared_.done.find(&c);
    if (done != shared_.done.end()) return done->second;
    Code* made = TRY(Lifter(vm_, shared_, c, c.qualname != nullptr ? c.qualname : c.name, false).run());
    TRY(list_append(vm_, shared_.roots, made));
    shared_.done[&c] = made;
    return made;
  }

  Value value(Value v) {
    if (!v.is_cell()) return v;
    if (const PycCode* c = shared_.file.code_of(v)) return TRY(code(*c));
    bool tuple = is_exact(vm_, v, vm_.types.tuple), list = is_exact(vm_, v, vm_.types.list);
    if (!tuple && !list && !is_exact(vm_, v, vm_.types.dict)) return v;
    auto [seen, fresh] = seen_.try_emplace(v.bits(), v);
    if (!fresh) return seen->second;
    TRY(vm_.poll());
    TRY(vm_.check_stack());
    if (!tuple) {
      TRY(list ? in_list(v.as<List>()) : in_dict(v.as<Dict>()));
      return v;
    }
    Value made = TRY(of_tuple(v.as<Tuple>()));
    TRY(list_append(vm_, shared_.roots, made));
    seen_[v.bits()] = made;
    return made;
  }

 private:
  Value of_tuple(Tuple* t) {
    bool changes = false;
    List* made = TRY(list_new(vm_));
    for (Value item : t->span()) {
      Value lifted = TRY(value(item));
      changes |= !lifted.is(item);
      TRY(list_append(vm_, made, lifted));
    }
    if (!changes) return t;
    return list_to_tuple(vm_, made);
  }
  Status in_list(List* list) {
    for (uint64_t i = 0; i < list->length; ++i) {
      Value lifted = TRY(value(list->items()[i]));
      list->items()[i] = lifted;
      vm_.barrier(list);
    }
    return {};
  }
  Status in_dict(Dict* dict) {
    uint32_t at = 0;
    while (DictEntry* e = dict_next(dict, at)) {
      Value key = e->key, item = e->value;
      Value lifted = TRY(value(item));
      if (!lifted.is(item)) TRY(dict_set(vm_, dict, key, lifted));
    }
    return {};
  }

  Vm& vm_;
  Lifting shared_;
  std::unordered_map<uint64_t, Value> seen_;
};

}  // namespace

Result<Code*> lift(Vm& vm, const PycFile& file, const PycCode& code) {
  return ValueLifter(vm, file, TRY(list_new(vm))).code(code);
}

Value lift_value(Vm& vm, const PycFile& file, Value v) { return ValueLifter(vm, file, TRY(list_new(vm))).value(v); }

}  // namespace krait::pyc

// match statements (PEP 634).
//
// A pattern is written as code that consumes the subject on top of the stack. Captured values stay on the
// stack, under what is still being matched, until the whole pattern has matched: PatternContext::stores names
// them from the top down in the order in which they will be stored. Where a pattern fails there are on_top +
// stores values to drop: fail_pop[n] drops n.
#include <algorithm>

#include "compiler/codegen.hpp"
#include "objects/dict.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

static bool is_wildcard(const ast::Pattern* p) {
  auto* as = ast::as<ast::MatchAs>(p);
  return as != nullptr && as->pattern == nullptr && as->name.data() == nullptr;
}
static bool is_wildcard_star(const ast::Pattern* p) {
  auto* star = ast::as<ast::MatchStar>(p);
  return star != nullptr && star->name.data() == nullptr;
}

void CodeGenerator::rotate(size_t n, const Location& loc) {
  for (; n > 1; --n) emit(Op::SWAP, static_cast<int>(n), loc);
}

void CodeGenerator::ensure_fail_pop(size_t n, PatternContext& pc) {
  while (pc.fail_pop.size() <= n) pc.fail_pop.push_back(new_label());
}

void CodeGenerator::jump_to_fail(Op op, PatternContext& pc, const Location& loc) {
  if (failed_) return;
  size_t pops = static_cast<size_t>(pc.on_top) + pc.stores.size();
  ensure_fail_pop(pops, pc);
  jump(op, pc.fail_pop[pops], loc);
}

void CodeGenerator::emit_fail_pop(PatternContext& pc, const Location& loc) {
  if (failed_ || pc.fail_pop.empty()) return;
  for (size_t n = pc.fail_pop.size() - 1; n > 0; --n) {
    use(pc.fail_pop[n]);
    emit(Op::POP_TOP, loc);
  }
  use(pc.fail_pop[0]);
  pc.fail_pop.clear();
}

void CodeGenerator::store_capture(NameId name, PatternContext& pc, const Location& loc) {
  if (failed_) return;
  if (name == kNoName) return emit(Op::POP_TOP, loc);
  if (std::find(pc.stores.begin(), pc.stores.end(), name) != pc.stores.end())
    return error(loc, "multiple assignments to name {} in pattern", repr_of(str_value(names_.text(name))));
  rotate(static_cast<size_t>(pc.on_top) + pc.stores.size() + 1, loc);
  pc.stores.push_back(name);
}

void CodeGenerator::sub_pattern(const ast::Pattern* p, PatternContext& pc) {
  bool before = pc.allow_irrefutable;
  pc.allow_irrefutable = true;
  visit_pattern(p, pc);
  pc.allow_irrefutable = before;
}

void CodeGenerator::visit_match(const ast::Match* s) {
  visit(s->subject);
  if (failed_) return;
  Label end = new_label();
  size_t n = s->cases.size();
  // A last `case _` needs no subject.
  bool has_default = n > 1 && is_wildcard(s->cases[n - 1]->pattern);
  bool conditional = u_->in_conditional_block;
  u_->in_conditional_block = true;
  size_t tested = n - has_default;
  for (size_t i = 0; i < tested && !failed_; ++i) {
    const ast::MatchCase* c = s->cases[i];
    Location loc = at(c->pattern);
    bool last = i + 1 == tested;
    if (!last) emit(Op::COPY, 1, loc);
    PatternContext pc;
    pc.allow_irrefutable = c->guard != nullptr || i + 1 == n;
    visit_pattern(c->pattern, pc);
    for (NameId name : pc.stores) name_op(name, Ctx::Store, loc);
    if (c->guard != nullptr) {
      ensure_fail_pop(0, pc);
      jump_if(c->guard, pc.fail_pop[0], false, loc);
    }
    // What a matching case goes on with is its body: that is where the branch leads to.
    if (!last) emit(Op::POP_TOP, at(c->body[0]));
    visit_body(c->body);
    jump(Op::JUMP, end, kNoLocation);
    emit_fail_pop(pc, loc);
  }
  if (has_default && !failed_) {
    const ast::MatchCase* c = s->cases[n - 1];
    emit(Op::NOP, at(c->pattern));
    if (c->guard != nullptr) jump_if(c->guard, end, false, at(c->pattern));
    visit_body(c->body);
  }
  if (failed_) return;
  u_->in_conditional_block = conditional;
  use(end);
}

void CodeGenerator::visit_pattern(const ast::Pattern* p, PatternContext& pc) {
  if (!guard()) return;
  using K = ast::NodeKind;
  Location loc = at(p);
  switch (p->kind) {
    case K::MatchValue: {
      const ast::Expr* value = static_cast<const ast::MatchValue*>(p)->value;
      if (!ast::is<ast::Constant>(value) && !ast::is<ast::Attribute>(value) && !ast::is<ast::UnaryOp>(value) &&
          !ast::is<ast::BinOp>(value))
        return error(loc, "patterns may only match literals and attribute lookups");
      visit(value);
      emit(Op::COMPARE_OP, static_cast<int>(CompareOp::Eq), loc);
      return jump_to_fail(Op::POP_JUMP_IF_FALSE, pc, loc);
    }
    case K::MatchSingleton:
      load_const(take(constant_value(vm_, static_cast<const ast::MatchSingleton*>(p)->value)), loc);
      emit(Op::IS_OP, 0, loc);
      return jump_to_fail(Op::POP_JUMP_IF_FALSE, pc, loc);
    case K::MatchSequence: return pattern_sequence(static_cast<const ast::MatchSequence*>(p), pc);
    case K::MatchMapping: return pattern_mapping(static_cast<const ast::MatchMapping*>(p), pc);
    case K::MatchClass: return pattern_class(static_cast<const ast::MatchClass*>(p), pc);
    case K::MatchStar: {
      ast::Identifier name = static_cast<const ast::MatchStar*>(p)->name;
      return store_capture(name.data() ? names_.intern(name) : kNoName, pc, loc);
    }
    case K::MatchAs: return pattern_as(static_cast<const ast::MatchAs*>(p), pc);
    case K::MatchOr: return pattern_or(static_cast<const ast::MatchOr*>(p), pc);
    default: return;
  }
}

void CodeGenerator::pattern_as(const ast::MatchAs* p, PatternContext& pc) {
  Location loc = at(p);
  NameId name = p->name.data() != nullptr ? names_.intern(p->name) : kNoName;
  if (p->pattern == nullptr) {
    if (!pc.allow_irrefutable) {
      if (name != kNoName) {
        Value text = str_value(names_.text(name));
        if (failed_) return;
        return error(loc, "name capture {} makes remaining patterns unreachable", repr_of(text));
      }
      return error(loc, "wildcard makes remaining patterns unreachable");
    }
    return store_capture(name, pc, loc);
  }
  ++pc.on_top;
  emit(Op::COPY, 1, loc);
  visit_pattern(p->pattern, pc);
  --pc.on_top;
  store_capture(name, pc, loc);
}

void CodeGenerator::pattern_unpack(const ast::Seq<ast::Pattern*>& patterns, PatternContext& pc, const Location& loc) {
  size_t n = patterns.size();
  bool star_seen = false;
  for (size_t i = 0; i < n; ++i) {
    if (!ast::is<ast::MatchStar>(patterns[i])) continue;
    if (star_seen) return error(loc, "multiple starred expressions in sequence pattern");
    star_seen = true;
    if (i >= 1 << 8 || n - i - 1 >= 1 << 15)
      return error(loc, "too many expressions in star-unpacking sequence pattern");
    emit(Op::UNPACK_EX, static_cast<int>(i | (n - i - 1) << 8), loc);
  }
  if (!star_seen) emit(Op::UNPACK_SEQUENCE, static_cast<int>(n), loc);
  pc.on_top += static_cast<int>(n);
  for (const ast::Pattern* p : patterns) {
    --pc.on_top;
    sub_pattern(p, pc);
  }
}

// As pattern_unpack for `[..., *_, ...]`: items are fetched one by one, so the rest is never copied.
void CodeGenerator::pattern_subscript(const ast::Seq<ast::Pattern*>& patterns, size_t star, PatternContext& pc,
                                      const Location& loc) {
  ++pc.on_top;
  size_t n = patterns.size();
  for (size_t i = 0; i < n; ++i) {
    if (i == star || is_wildcard(patterns[i])) continue;
    emit(Op::COPY, 1, loc);
    if (i < star) {
      load_const(Value::small_int(static_cast<int64_t>(i)), loc);
    } else {
      // The subject may not know negative indices.
      emit(Op::GET_LEN, loc);
      load_const(Value::small_int(static_cast<int64_t>(n - i)), loc);
      emit(Op::BINARY_OP, static_cast<int>(BinaryOp::Sub), loc);
    }
    emit(Op::BINARY_SUBSCR, loc);
    sub_pattern(patterns[i], pc);
  }
  --pc.on_top;
  emit(Op::POP_TOP, loc);
}

void CodeGenerator::pattern_sequence(const ast::MatchSequence* p, PatternContext& pc) {
  Location loc = at(p);
  size_t n = p->patterns.size(), star = n;
  bool only_wildcard = true, star_wildcard = false;
  for (size_t i = 0; i < n; ++i) {
    const ast::Pattern* item = p->patterns[i];
    if (ast::is<ast::MatchStar>(item)) {
      if (star < n) return error(loc, "multiple starred names in sequence pattern");
      star_wildcard = is_wildcard_star(item);
      only_wildcard &= star_wildcard;
      star = i;
      continue;
    }
    only_wildcard &= is_wildcard(item);
  }
  ++pc.on_top;
  emit(Op::MATCH_SEQUENCE, loc);
  jump_to_fail(Op::POP_JUMP_IF_FALSE, pc, loc);
  if (star == n || n > 1) {
    emit(Op::GET_LEN, loc);
    load_const(Value::small_int(static_cast<int64_t>(star == n ? n : n - 1)), loc);
    emit(Op::COMPARE_OP, static_cast<int>(star == n ? CompareOp::Eq : CompareOp::Ge), loc);
    jump_to_fail(Op::POP_JUMP_IF_FALSE, pc, loc);
  }
  --pc.on_top;
  if (only_wildcard) return emit(Op::POP_TOP, loc);
  if (star_wildcard) return pattern_subscript(p->patterns, star, pc, loc);
  pattern_unpack(p->patterns, pc, loc);
}

void CodeGenerator::pattern_class(const ast::MatchClass* p, PatternContext& pc) {
  Location loc = at(p);
  NameMap<bool> seen;
  List* list = take(list_new(vm_, p->kwd_attrs.size()));
  if (failed_) return;
  for (size_t i = 0; i < p->kwd_attrs.size() && !failed_; ++i) {
    bool& there = seen.get(names_.intern(p->kwd_attrs[i]));
    if (there) return error(at(p->kwd_patterns[i]), "attribute name repeated in class pattern: {}", p->kwd_attrs[i]);
    there = true;
    Value name = str_value(p->kwd_attrs[i]);
    if (failed_ || !check(list_append(vm_, list, name))) return;
  }
  visit(p->cls);
  if (failed_) return;
  if (failed_) return;
  Tuple* names = take(list_to_tuple(vm_, list));
  if (failed_) return;
  load_const(names, loc);
  size_t positional = p->patterns.size(), total = positional + p->kwd_patterns.size();
  emit(Op::MATCH_CLASS, static_cast<int>(positional), loc);
  emit(Op::COPY, 1, loc);
  ++pc.on_top;
  jump_to_fail(Op::POP_JUMP_IF_NONE, pc, loc);
  emit(Op::UNPACK_SEQUENCE, static_cast<int>(total), loc);
  pc.on_top += static_cast<int>(total) - 1;
  for (size_t i = 0; i < total; ++i) {
    --pc.on_top;
    const ast::Pattern* item = i < positional ? p->patterns[i] : p->kwd_patterns[i - positional];
    if (is_wildcard(item)) {
      emit(Op::POP_TOP, loc);
    } else {
      sub_pattern(item, pc);
    }
  }
}

void CodeGenerator::pattern_mapping(const ast::MatchMapping* p, PatternContext& pc) {
  Location loc = at(p);
  size_t n = p->keys.size();
  NameId rest = p->rest.data() != nullptr ? names_.intern(p->rest) : kNoName;
  ++pc.on_top;
  emit(Op::MATCH_MAPPING, loc);
  jump_to_fail(Op::POP_JUMP_IF_FALSE, pc, loc);
  if (n == 0 && rest == kNoName) {
    --pc.on_top;
    return emit(Op::POP_TOP, loc);
  }
  if (n > 0) {
    emit(Op::GET_LEN, loc);
    load_const(Value::small_int(static_cast<int64_t>(n)), loc);
    emit(Op::COMPARE_OP, static_cast<int>(CompareOp::Ge), loc);
    jump_to_fail(Op::POP_JUMP_IF_FALSE, pc, loc);
  }
  Set* seen = take(set_new(vm_, vm_.types.set));
  if (failed_) return;
  for (const ast::Expr* key : p->keys) {
    if (failed_) return;
    if (!ast::is<ast::Constant>(key) && !ast::is<ast::Attribute>(key) && !ast::is<ast::UnaryOp>(key) &&
        !ast::is<ast::BinOp>(key))
      return error(loc, "mapping pattern keys may only match literals and attribute lookups");
    visit(key);
    if (ends_in_constants(1) && !ast::is<ast::Attribute>(key)) {
      Value constant = constant_at(1);
      if (!take(set_add(vm_, seen, constant)) && !failed_)
        return error(loc, "mapping pattern checks duplicate key ({})", repr_of(constant));
    }
  }
  fold_collection(static_cast<uint32_t>(n), Collection::Tuple, loc);
  emit(Op::MATCH_KEYS, loc);
  pc.on_top += 2;  // keys, values
  emit(Op::COPY, 1, loc);
  jump_to_fail(Op::POP_JUMP_IF_NONE, pc, loc);
  emit(Op::UNPACK_SEQUENCE, static_cast<int>(n), loc);
  pc.on_top += static_cast<int>(n) - 1;
  for (const ast::Pattern* item : p->patterns) {
    --pc.on_top;
    sub_pattern(item, pc);
  }
  pc.on_top -= 2;
  if (rest == kNoName) {
    emit(Op::POP_TOP, loc);  // keys
    return emit(Op::POP_TOP, loc);
  }
  // rest = dict(subject); for key in keys: del rest[key]
  emit(Op::BUILD_MAP, 0, loc);
  emit(Op::SWAP, 3, loc);         // rest, keys, subject
  emit(Op::DICT_UPDATE, 2, loc);  // rest, keys
  emit(Op::UNPACK_SEQUENCE, static_cast<int>(n), loc);
  for (size_t i = n; i > 0; --i) {
    emit(Op::COPY, static_cast<int>(1 + i), loc);
    emit(Op::SWAP, 2, loc);
    emit(Op::DELETE_SUBSCR, loc);
  }
  store_capture(rest, pc, loc);
}

void CodeGenerator::pattern_or(const ast::MatchOr* p, PatternContext& pc) {
  Location loc = at(p);
  Label end = new_label();
  std::vector<NameId> control;  // the names of the first alternative, in whose order the others must leave theirs
  size_t n = p->patterns.size();
  for (size_t i = 0; i < n && !failed_; ++i) {
    const ast::Pattern* alternative = p->patterns[i];
    Location where = at(alternative);
    PatternContext inner;
    inner.allow_irrefutable = i + 1 == n && pc.allow_irrefutable;
    emit(Op::COPY, 1, where);
    visit_pattern(alternative, inner);
    if (failed_) return;
    size_t count = inner.stores.size();
    if (i == 0) {
      control = inner.stores;
    } else {
      if (count != control.size()) return error(loc, "alternative patterns bind different names");
      for (size_t c = count; c > 0; --c) {
        size_t wanted = c - 1;
        auto it = std::find(inner.stores.begin(), inner.stores.end(), control[wanted]);
        if (it == inner.stores.end()) return error(loc, "alternative patterns bind different names");
        size_t found = static_cast<size_t>(it - inner.stores.begin());
        if (found == wanted) continue;
        // Bring the name and those above it under the others that are not in place yet.
        size_t rotations = found + 1;
        std::rotate(inner.stores.begin(), inner.stores.begin() + static_cast<ptrdiff_t>(rotations),
                    inner.stores.begin() + static_cast<ptrdiff_t>(wanted + 1));
        for (size_t r = 0; r < rotations; ++r) rotate(wanted + 1, where);
      }
    }
    jump(Op::JUMP, end, where);
    emit_fail_pop(inner, where);
  }
  // No alternative matched.
  emit(Op::POP_TOP, loc);
  jump_to_fail(Op::JUMP, pc, loc);
  if (failed_) return;
  use(end);
  size_t rotations = control.size() + 1 + static_cast<size_t>(pc.on_top) + pc.stores.size();
  for (NameId name : control) {
    rotate(rotations, loc);
    if (std::find(pc.stores.begin(), pc.stores.end(), name) != pc.stores.end())
      return error(loc, "multiple assignments to name {} in pattern", repr_of(str_value(names_.text(name))));
    pc.stores.push_back(name);
  }
  emit(Op::POP_TOP, loc);  // the copy of the subject
}

}  // namespace krait

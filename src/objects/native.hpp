// Native functions, types and modules are declared as rows: a Python signature, a C++ body, flags and a docstring. Argument
// matching is written once (objects/native_call.cpp), from the signature; help(), inspect.signature and the messages of wrong
// calls come from the same row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "heap/heap.hpp"
#include "heap/value.hpp"

namespace krait {

class Vm;
struct Type;
struct Str;

/// The arguments of a native function, matched to its signature: first one slot per named parameter in the order written
/// (positional, then keyword-only; unset where a parameter with a default was not given), then, if the signature has
/// `**kwargs`, a Dict (unset when none were given), then, if it has `*args`, the extra positional arguments themselves.
struct Args {
  const Value* v;
  uint32_t n;  ///< all of v
  Value operator[](size_t i) const { return v[i]; }
  bool has(size_t i) const { return !v[i].is_unset(); }
  Value get(size_t i, Value fallback) const { return v[i].is_unset() ? fallback : v[i]; }
  /// The extra positional arguments, where the signature has `fixed` slots before them.
  std::span<const Value> rest(size_t fixed) const { return {v + fixed, n - fixed}; }
};

/// Gives the result, or the zero Value with an exception pending.
using NativeFn = Value (*)(Vm& vm, Args a);

enum NativeFlags : uint32_t {
  kPure = 1,          ///< no side effect, no Python code run: may be folded
  kClassMethod = 2,   ///< first parameter is the class
  kStaticMethod = 4,  ///< no first parameter
  kNewMethod = 8,     ///< __new__: a static method whose first argument must be a subtype of the owner
  kIterNext = 16,     ///< may give Value::exhausted(); a call from Python turns that into StopIteration
  kCheckPositional =
      64,  ///< a wrong number of arguments is told as if all were positional-only ("f expected 1 argument, got 0")
  kCoexist = 32,  ///< a special's name, but Python sees a plain method (CPython's METH_COEXIST), not a wrapper
  kByHand =
      128,  ///< CPython looks at the arguments by hand: "f() missing required argument 'x'", "'y' is an invalid keyword..."
  kNoKeywords = 256,  ///< of an __init__: keywords are wrong even where a subclass has its own __new__
};

/// What the machine needs of a signature, worked out at compile time from the text.
struct Signature {
  uint8_t positional = 0;       ///< parameters before * (self included)
  uint8_t positional_only = 0;  ///< of these, the ones before /
  uint8_t required = 0;         ///< positional parameters without default
  uint8_t keyword_only = 0;
  uint8_t keyword_only_required = 0;
  bool varargs = false;
  bool varkw = false;
  uint8_t exact = 0xFF;  ///< the number of positional arguments that fill it as they are; 0xFF: there is none such
  constexpr uint32_t fixed() const { return positional + keyword_only + (varkw ? 1u : 0u); }
};

/// One native function. The text is `name(params)` in Python's own syntax, for instance
/// `"sort($self, /, *, key=None, reverse=False)"`. A method's first parameter is written `$self` (or `$type` for a class
/// method and __new__); it is positional-only. A default is text for people (`=<unrepresentable>` is allowed): the body sees
/// the parameter unset. Module functions have no self.
struct NativeRow {
  const char* text;
  NativeFn fn;
  uint32_t flags;
  const char* doc;
  Signature sig;

  consteval NativeRow(const char* signature_text, NativeFn body, uint32_t flag_bits = 0,
                      const char* docstring = nullptr)
      : text(signature_text), fn(body), flags(flag_bits), doc(docstring), sig(parse(signature_text)) {}
  constexpr std::string_view name() const {
    std::string_view t = text;
    return t.substr(0, t.find('('));
  }

 private:
  static constexpr Signature parse(const char* text);
};

/// A computed attribute. `set` null: read-only. In set, an unset value means deletion.
struct GetSetRow {
  const char* name;
  Value (*get)(Vm& vm, Value self);
  Status (*set)(Vm& vm, Value self, Value value) = nullptr;
  const char* doc = nullptr;
};

/// An attribute that is a Value stored in the instance at a byte offset (unset reads as None unless kRaisesWhenUnset). What
/// CPython stores and Krait computes has `get` instead of an offset: Python sees a member all the same, always read-only.
struct MemberRow {
  const char* name;
  uint32_t offset;
  uint32_t flags = 0;  ///< kMember...
  const char* doc = nullptr;
  Value (*get)(Vm& vm, Value self) = nullptr;
  static constexpr uint32_t kReadOnly = 1;
  static constexpr uint32_t kRaisesWhenUnset = 2;
  static constexpr MemberRow computed(const char* name, Value (*get)(Vm&, Value), const char* doc = nullptr) {
    return {name, 0, kReadOnly, doc, get};
  }
};

enum TypeFlags : uint32_t {
  kTypeBase = 1,          ///< may be subclassed
  kTypeHeap = 2,          ///< made by a class statement or type(): mutable
  kTypeHasDict = 4,       ///< instances have attributes of their own
  kTypeHasWeakref = 8,    ///< instances can be weakly referenced
  kTypeNoNew = 16,        ///< cannot be instantiated from Python
  kTypeAbstract = 32,     ///< __abstractmethods__ is not empty
  kTypeHasDel = 64,       ///< has __del__
  kTypeImmutable = 128,   ///< attributes cannot be set (built-in types, typing's natives)
  kTypeSequence = 256,    ///< matches sequence patterns
  kTypeMapping = 512,     ///< matches mapping patterns
  kTypeVarSize = 1024,    ///< the native layout ends in an array inside the cell (tuple, int, str, bytes)
  kTypeMatchSelf = 2048,  ///< `case T(x)` binds the subject itself
  kTypeValidVersion = 4096,
  kTypeDisallowBases = 8192,
};

/// A native type. One constexpr per type, beside its code.
struct TypeSpec {
  const char* name;  ///< "list", or "module.name"
  const char* doc = nullptr;
  /// `__text_signature__`, where it is not the one of `__new__` without the class; empty: CPython tells none.
  const char* signature = nullptr;
  CellKind kind = 0;  ///< layout of instances
  uint32_t size = 0;  ///< bytes of the layout, without any array that follows
  uint32_t flags = 0;
  std::span<const NativeRow> methods = {};
  std::span<const GetSetRow> getsets = {};
  std::span<const MemberRow> members = {};
  void (*trace)(Heap& heap, Cell* cell, Marker& marker) = nullptr;
  void (*release)(Heap& heap, Cell* cell) = nullptr;
  void (*trace_new)(Heap& heap, Cell* cell, Marker& marker) = nullptr;  ///< see CellTraits
};

/// Makes the type and its dict; `base` null: object. The result lives as long as the Vm refers to it.
Result<Type*> make_type(Vm& vm, const TypeSpec& spec, Type* base = nullptr);

/// Not constexpr: to come here while a row is made is a compile error that names the fault.
void signature_has_no_parenthesis();

constexpr Signature NativeRow::parse(const char* text) {
  Signature s;
  const char* p = text;
  while (*p != '(') {
    if (*p == 0) signature_has_no_parenthesis();
    ++p;
  }
  ++p;
  bool after_star = false;
  uint32_t seen = 0;
  while (true) {
    while (*p == ' ') ++p;
    if (*p == ')' || *p == 0) break;
    const char* start = p;
    int depth = 0;
    bool has_default = false;
    char quote = 0;
    while (*p != 0) {
      if (quote) {
        if (*p == quote) quote = 0;
      } else if (*p == '\'' || *p == '"') {
        quote = *p;
      } else if (*p == '(' || *p == '[' || *p == '{' || *p == '<') {
        ++depth;
      } else if (depth > 0 && (*p == ')' || *p == ']' || *p == '}' || *p == '>')) {
        --depth;
      } else if (depth == 0 && (*p == ',' || *p == ')')) {
        break;
      } else if (depth == 0 && *p == '=') {
        has_default = true;
      }
      ++p;
    }
    bool bare_star = start[0] == '*' && (p == start + 1);
    if (start[0] == '/') {
      s.positional_only = s.positional;
    } else if (start[0] == '*' && start[1] == '*') {
      s.varkw = true;
    } else if (bare_star) {
      after_star = true;
    } else if (start[0] == '*') {
      s.varargs = true;
      after_star = true;
    } else if (after_star) {
      ++s.keyword_only;
      if (!has_default) ++s.keyword_only_required;
    } else {
      ++s.positional;
      if (start[0] == '$' && seen == 0) s.positional_only = 1;
      if (!has_default) s.required = s.positional;
    }
    ++seen;
    if (*p == ',') ++p;
  }
  if (s.fixed() == s.positional && !s.varargs) s.exact = s.positional;
  return s;
}

}  // namespace krait

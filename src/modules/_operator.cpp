// _operator: the operators as functions, and attrgetter, itemgetter, methodcaller.
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/system.hpp"

namespace krait {

namespace {

// --- Operators.

template <BinaryOp op>
Value binary_function(Vm& vm, Args a) {
  return binary(vm, op, a[0], a[1]);
}
template <BinaryOp op>
Value inplace_function(Vm& vm, Args a) {
  return binary_inplace(vm, op, a[0], a[1]);
}
template <CompareOp op>
Value compare_function(Vm& vm, Args a) {
  return compare(vm, a[0], a[1], op);
}
template <Value (*op)(Vm&, Value)>
Value unary_function(Vm& vm, Args a) {
  return op(vm, a[0]);
}

Value function_truth(Vm& vm, Args a) { return Value::boolean(TRY(truthy(vm, a[0]))); }
Value function_not(Vm& vm, Args a) { return Value::boolean(!TRY(truthy(vm, a[0]))); }
Value function_is(Vm&, Args a) { return Value::boolean(a[0] == a[1]); }
Value function_is_not(Vm&, Args a) { return Value::boolean(a[0] != a[1]); }
Value function_is_none(Vm&, Args a) { return Value::boolean(a[0].is_none()); }
Value function_is_not_none(Vm&, Args a) { return Value::boolean(!a[0].is_none()); }
Value function_pow(Vm& vm, Args a) { return power(vm, a[0], a[1], Value::none()); }
Value function_contains(Vm& vm, Args a) { return Value::boolean(TRY(contains(vm, a[0], a[1]))); }
Value function_getitem(Vm& vm, Args a) { return get_item(vm, a[0], a[1]); }
Value function_setitem(Vm& vm, Args a) {
  TRY(set_item(vm, a[0], a[1], a[2]));
  return Value::none();
}
Value function_delitem(Vm& vm, Args a) {
  TRY(del_item(vm, a[0], a[1]));
  return Value::none();
}
Value function_index(Vm& vm, Args a) {
  Value i = TRY(index(vm, a[0]));
  return int_exact(vm, i);
}
bool is_sequence(Vm& vm, Value v) { return !special_of(vm, v, Special::GetItem).is_unset() && !is_dict(v); }
Value concat_of(Vm& vm, Args a, bool inplace) {
  if (!is_sequence(vm, a[0])) return vm.raise(E::TypeError, "'{}' object can't be concatenated", type_name_of(a[0]));
  if (inplace) return binary_inplace(vm, BinaryOp::Add, a[0], a[1]);
  return binary(vm, BinaryOp::Add, a[0], a[1]);
}
Value function_concat(Vm& vm, Args a) { return concat_of(vm, a, false); }
Value function_iconcat(Vm& vm, Args a) { return concat_of(vm, a, true); }

/// Calls found() for items that equal a[1] until it says false.
template <class Found>
Status search(Vm& vm, Args a, Found found) {
  Value it = get_iter(vm, a[0]);
  if (it.is_error()) {
    if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
    return vm.raise(E::TypeError, "argument of type '{}' is not iterable", type_name_of(a[0]));
  }
  for (int64_t i = 0;; ++i) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, it));
    if (item.is_exhausted()) return {};
    if (TRY(item_equal(vm, item, a[1])) && !found(i)) return {};
  }
}
Value function_count_of(Vm& vm, Args a) {
  int64_t n = 0;
  TRY(search(vm, a, [&](int64_t) { return ++n, true; }));
  return Value::small_int(n);
}
Value function_index_of(Vm& vm, Args a) {
  int64_t at = -1;
  TRY(search(vm, a, [&](int64_t i) {
    at = i;
    return false;
  }));
  if (at < 0) return vm.raise(E::ValueError, "sequence.index(x): x not in sequence");
  return Value::small_int(at);
}

Value function_length_hint(Vm& vm, Args a) {
  int64_t fallback = 0;
  if (a.has(1)) {
    if (!is_int(a[1]))
      return vm.raise(E::TypeError, "'{}' object cannot be interpreted as an integer", type_name_of(a[1]));
    fallback = TRY(quick_index(vm, a[1], E::OverflowError));
  }
  return Value::small_int(TRY(length_hint(vm, a[0], fallback)));
}

Value function_call(Vm& vm, Args a) {
  auto rest = a.rest(2);
  if (!a.has(1)) return call(vm, a[0], rest);
  Tuple* args = TRY(tuple_from_span(vm, rest));
  return call_with(vm, a[0], args, a[1].as<Dict>());
}

/// Equality in a time that does not depend on where the two differ.
Value function_compare_digest(Vm& vm, Args a) {
  if (is_str(a[0]) && is_str(a[1])) {
    if (!as_str(a[0])->is_ascii() || !as_str(a[1])->is_ascii())
      return vm.raise(E::TypeError, "comparing strings with non-ASCII characters is not supported");
    std::string_view x = as_str(a[0])->ascii(), y = as_str(a[1])->ascii();
    unsigned difference = x.size() != y.size();
    std::string_view left = difference ? y : x;
    for (size_t i = 0; i < y.size(); ++i)
      difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(y[i]);
    return Value::boolean(difference == 0);
  }
  if (!has_buffer(vm, a[0]) || !has_buffer(vm, a[1]))
    return vm.raise(E::TypeError, "unsupported operand types(s) or combination of types: '{}' and '{}'",
                    type_name_of(a[0]), type_name_of(a[1]));
  ScopedBuffer p(vm), q(vm);
  TRY(p.acquire(a[0]));
  TRY(q.acquire(a[1]));
  std::string_view x = p.view(), y = q.view();
  unsigned difference = x.size() != y.size();
  std::string_view left = difference ? y : x;
  for (size_t i = 0; i < y.size(); ++i)
    difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(y[i]);
  return Value::boolean(difference == 0);
}

// --- Getters: one layout. itemgetter: items. attrgetter: names as given, `parts` a tuple of tuples of interned names.
// --- methodcaller: items the arguments, first the name; keywords a dict or unset.

struct Getter : Object {
  Tuple* items;
  Tuple* parts;
  Dict* keywords;
};
Getter* self_of(Args a) { return a[0].as<Getter>(); }

void trace(Heap&, Cell* cell, Marker& m) {
  Getter* g = static_cast<Getter*>(cell);
  m.mark_cell(g->items);
  m.mark_cell(g->parts);
  m.mark_cell(g->keywords);
}

Value itemgetter_new(Vm& vm, Args a) {
  auto items = a.rest(1);
  if (items.empty()) return vm.raise(E::TypeError, "itemgetter expected 1 argument, got 0");
  Tuple* t = TRY(tuple_from_span(vm, items));
  Getter* g = TRY(vm.new_instance<Getter>(a[0].as<Type>()));
  g->items = t;
  return g;
}
Value item_of(Vm& vm, Value object, Value key) {
  // The usual: a field of a tuple.
  if (is_exact_tuple(vm, object) && key.is_small_int()) {
    int64_t i = key.as_small_int();
    if (i >= 0 && static_cast<uint64_t>(i) < object.as<Tuple>()->length) return object.as<Tuple>()->items[i];
  }
  return get_item(vm, object, key);
}
Value itemgetter_call(Vm& vm, Args a) {
  if (a.n != 2) return vm.raise(E::TypeError, "itemgetter expected 1 argument, got {}", a.n - 1);
  Tuple* items = self_of(a)->items;
  if (items->length == 1) return item_of(vm, a[1], items->items[0]);
  Tuple* out = TRY(tuple_allocate(vm, items->length));
  for (uint64_t i = 0; i < items->length; ++i) {
    out->items[i] = TRY(item_of(vm, a[1], items->items[i]));
    vm.barrier(out);
  }
  return out;
}
Status append_reprs(Vm& vm, StrBuilder& out, std::span<const Value> items) {
  bool first = true;
  for (Value v : items) {
    if (!first) TRY(out.append_ascii(", "));
    first = false;
    Value text = TRY(repr(vm, v));
    TRY(out.append(as_str(text)));
  }
  return {};
}
Value getter_repr(Vm& vm, Args a) {
  Getter* g = self_of(a);
  if (TRY(repr_enter(vm, g))) return str_message(vm, "{}(...)", vm.type_of(g)->name);
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    StrBuilder out(vm);
    Str* head = TRY(str_message(vm, "operator.{}(", vm.type_of(g)->name));
    TRY(out.append(head));
    TRY(append_reprs(vm, out, g->items->span()));
    if (g->keywords != nullptr) {
      uint32_t i = 0;
      while (DictEntry* e = dict_next(g->keywords, i)) {
        Str* text = TRY(str_message(vm, ", {}={}", e->key, repr_of(e->value)));
        TRY(out.append(text));
      }
    }
    TRY(out.append(U')'));
    return out.finish();
  };
  Value result = build();
  repr_leave(vm, g);
  return result;
}
Value getter_reduce(Vm& vm, Args a) { return pack(vm, vm.type_of(a[0]), self_of(a)->items); }

Value attrgetter_new(Vm& vm, Args a) {
  auto names = a.rest(1);
  if (names.empty()) return vm.raise(E::TypeError, "attrgetter expected 1 argument, got 0");
  Tuple* items = TRY(tuple_from_span(vm, names));
  Tuple* parts = TRY(tuple_allocate(vm, names.size()));
  Str* dot = TRY(str_from_char(vm, U'.'));
  for (size_t i = 0; i < names.size(); ++i) {
    if (!is_str(names[i])) return vm.raise(E::TypeError, "attribute name must be a string");
    Str* name = as_str(names[i]);
    List* path = TRY(list_new(vm));
    uint64_t begin = 0;
    while (true) {
      int64_t end = str_find(name, dot, begin, name->length);
      Str* part = TRY(str_substring(vm, name, begin, end < 0 ? name->length : static_cast<uint64_t>(end)));
      TRY(list_append(vm, path, vm.intern(part)));
      if (end < 0) break;
      begin = static_cast<uint64_t>(end) + 1;
    }
    parts->items[i] = TRY(list_to_tuple(vm, path));
    vm.barrier(parts);
  }
  Getter* g = TRY(vm.new_instance<Getter>(a[0].as<Type>()));
  g->items = items;
  g->parts = parts;
  return g;
}
Value attribute_at(Vm& vm, Value object, Tuple* path) {
  for (uint64_t i = 0; i < path->length; ++i) object = TRY(get_attr(vm, object, as_str(path->items[i])));
  return object;
}
Value attrgetter_call(Vm& vm, Args a) {
  if (a.n != 2) return vm.raise(E::TypeError, "attrgetter expected 1 argument, got {}", a.n - 1);
  Tuple* parts = self_of(a)->parts;
  if (parts->length == 1) return attribute_at(vm, a[1], parts->items[0].as<Tuple>());
  Tuple* out = TRY(tuple_allocate(vm, parts->length));
  for (uint64_t i = 0; i < parts->length; ++i) {
    out->items[i] = TRY(attribute_at(vm, a[1], parts->items[i].as<Tuple>()));
    vm.barrier(out);
  }
  return out;
}

Value methodcaller_new(Vm& vm, Args a) {
  auto items = a.rest(2);
  if (items.empty()) return vm.raise(E::TypeError, "methodcaller needs at least one argument, the method name");
  if (!is_str(items[0])) return vm.raise(E::TypeError, "method name must be a string");
  Tuple* t = TRY(tuple_from_span(vm, items));
  t->items[0] = vm.intern(as_str(items[0]));
  vm.barrier(t);
  Getter* g = TRY(vm.new_instance<Getter>(a[0].as<Type>()));
  g->items = t;
  g->keywords = a.has(1) ? TRY(dict_copy(vm, a[1].as<Dict>())) : nullptr;
  vm.barrier(g);
  return g;
}
Value methodcaller_call(Vm& vm, Args a) {
  if (a.n != 2) return vm.raise(E::TypeError, "methodcaller expected 1 argument, got {}", a.n - 1);
  Getter* g = self_of(a);
  Str* name = as_str(g->items->items[0]);
  if (g->keywords == nullptr) return call_method(vm, a[1], name, g->items->span().subspan(1));
  Value method = TRY(get_attr(vm, a[1], name));
  Tuple* args = TRY(tuple_from_span(vm, g->items->span().subspan(1)));
  return call_with(vm, method, args, g->keywords);
}
Value methodcaller_reduce(Vm& vm, Args a) {
  Getter* g = self_of(a);
  if (g->keywords == nullptr) return getter_reduce(vm, a);
  // A partial of the type, which keeps the keywords.
  Str* functools = TRY(vm.intern("functools"));
  Value module = TRY(call1(vm, TRY(builtin_named(vm, "__import__")), functools));
  Str* partial = TRY(vm.intern("partial"));
  Value make = TRY(get_attr(vm, module, partial));
  Tuple* first = TRY(tuple_of(vm, vm.type_of(g), g->items->items[0]));
  Value bound = TRY(call_with(vm, make, first, g->keywords));
  Tuple* args = TRY(tuple_from_span(vm, g->items->span().subspan(1)));
  return pack(vm, bound, args);
}

#define GETTER_ROWS(call)                                             \
  {"__call__($self, /, *args)", call, 0, "Call self as a function."}, \
      {"__repr__($self, /)", getter_repr, 0, "Return repr(self)."}
constexpr NativeRow kItemgetter[] = {
    {"__new__($type, /, *items)", itemgetter_new, kNewMethod | kStaticMethod},
    GETTER_ROWS(itemgetter_call),
    {"__reduce__($self, /)", getter_reduce},
};
constexpr NativeRow kAttrgetter[] = {
    {"__new__($type, /, *attrs)", attrgetter_new, kNewMethod | kStaticMethod},
    GETTER_ROWS(attrgetter_call),
    {"__reduce__($self, /)", getter_reduce},
};
constexpr NativeRow kMethodcaller[] = {
    {"__new__($type, /, *args, **kwargs)", methodcaller_new, kNewMethod | kStaticMethod},
    GETTER_ROWS(methodcaller_call),
    {"__reduce__($self, /)", methodcaller_reduce},
};
#undef GETTER_ROWS

Value get_text_signature(Vm& vm, Value) { return TRY(str_from_ascii(vm, "(obj, /)")); }
constexpr GetSetRow kGetterAttributes[] = {{"__text_signature__", get_text_signature}};

constexpr TypeSpec spec(const char* name, std::span<const NativeRow> methods, const char* signature, const char* doc) {
  return TypeSpec{
      .name = name,
      .doc = doc,
      .signature = signature,
      .kind = static_cast<CellKind>(Kind::OperatorGetter),
      .size = sizeof(Getter),
      .flags = kTypeHasWeakref,
      .methods = methods,
      .getsets = kGetterAttributes,
      .trace = trace,
  };
}
constexpr TypeSpec kTypes[] = {
    spec("operator.itemgetter", kItemgetter, "(item, /, *items)",
         "A callable that gets the items with the given keys from its argument."),
    spec("operator.attrgetter", kAttrgetter, "(attr, /, *attrs)",
         "A callable that gets the attributes with the given (dotted) names."),
    spec("operator.methodcaller", kMethodcaller, "(name, /, *args, **kwargs)",
         "A callable that calls the method with the given name and arguments."),
};

constexpr NativeRow kFunctions[] = {
    {"truth(a, /)", function_truth, 0, "Return bool(a)."},
    {"contains(a, b, /)", function_contains, 0, "Same as b in a."},
    {"indexOf(a, b, /)", function_index_of, 0, "Return the first index of b in a."},
    {"countOf(a, b, /)", function_count_of, 0, "Return how often b occurs in a."},
    {"is_(a, b, /)", function_is, 0, "Same as a is b."},
    {"is_not(a, b, /)", function_is_not, 0, "Same as a is not b."},
    {"add(a, b, /)", binary_function<BinaryOp::Add>, 0, "Same as a + b."},
    {"sub(a, b, /)", binary_function<BinaryOp::Sub>, 0, "Same as a - b."},
    {"mul(a, b, /)", binary_function<BinaryOp::Mul>, 0, "Same as a * b."},
    {"matmul(a, b, /)", binary_function<BinaryOp::MatMul>, 0, "Same as a @ b."},
    {"floordiv(a, b, /)", binary_function<BinaryOp::FloorDiv>, 0, "Same as a // b."},
    {"truediv(a, b, /)", binary_function<BinaryOp::TrueDiv>, 0, "Same as a / b."},
    {"mod(a, b, /)", binary_function<BinaryOp::Mod>, 0, "Same as a % b."},
    {"lshift(a, b, /)", binary_function<BinaryOp::LShift>, 0, "Same as a << b."},
    {"rshift(a, b, /)", binary_function<BinaryOp::RShift>, 0, "Same as a >> b."},
    {"and_(a, b, /)", binary_function<BinaryOp::And>, 0, "Same as a & b."},
    {"xor(a, b, /)", binary_function<BinaryOp::Xor>, 0, "Same as a ^ b."},
    {"or_(a, b, /)", binary_function<BinaryOp::Or>, 0, "Same as a | b."},
    {"pow(a, b, /)", function_pow, 0, "Same as a ** b."},
    {"neg(a, /)", unary_function<negative>, 0, "Same as -a."},
    {"pos(a, /)", unary_function<positive>, 0, "Same as +a."},
    {"abs(a, /)", unary_function<absolute>, 0, "Same as abs(a)."},
    {"inv(a, /)", unary_function<invert>, 0, "Same as ~a."},
    {"invert(a, /)", unary_function<invert>, 0, "Same as ~a."},
    {"index(a, /)", function_index, 0, "Same as a.__index__()."},
    {"not_(a, /)", function_not, 0, "Same as not a."},
    {"iadd(a, b, /)", inplace_function<BinaryOp::Add>, 0, "Same as a += b."},
    {"isub(a, b, /)", inplace_function<BinaryOp::Sub>, 0, "Same as a -= b."},
    {"imul(a, b, /)", inplace_function<BinaryOp::Mul>, 0, "Same as a *= b."},
    {"imatmul(a, b, /)", inplace_function<BinaryOp::MatMul>, 0, "Same as a @= b."},
    {"ifloordiv(a, b, /)", inplace_function<BinaryOp::FloorDiv>, 0, "Same as a //= b."},
    {"itruediv(a, b, /)", inplace_function<BinaryOp::TrueDiv>, 0, "Same as a /= b."},
    {"imod(a, b, /)", inplace_function<BinaryOp::Mod>, 0, "Same as a %= b."},
    {"ilshift(a, b, /)", inplace_function<BinaryOp::LShift>, 0, "Same as a <<= b."},
    {"irshift(a, b, /)", inplace_function<BinaryOp::RShift>, 0, "Same as a >>= b."},
    {"iand(a, b, /)", inplace_function<BinaryOp::And>, 0, "Same as a &= b."},
    {"ixor(a, b, /)", inplace_function<BinaryOp::Xor>, 0, "Same as a ^= b."},
    {"ior(a, b, /)", inplace_function<BinaryOp::Or>, 0, "Same as a |= b."},
    {"ipow(a, b, /)", inplace_function<BinaryOp::Pow>, 0, "Same as a **= b."},
    {"concat(a, b, /)", function_concat, 0, "Same as a + b, for sequences."},
    {"iconcat(a, b, /)", function_iconcat, 0, "Same as a += b, for sequences."},
    {"getitem(a, b, /)", function_getitem, 0, "Same as a[b]."},
    {"setitem(a, b, c, /)", function_setitem, 0, "Same as a[b] = c."},
    {"delitem(a, b, /)", function_delitem, 0, "Same as del a[b]."},
    {"lt(a, b, /)", compare_function<CompareOp::Lt>, 0, "Same as a < b."},
    {"le(a, b, /)", compare_function<CompareOp::Le>, 0, "Same as a <= b."},
    {"eq(a, b, /)", compare_function<CompareOp::Eq>, 0, "Same as a == b."},
    {"ne(a, b, /)", compare_function<CompareOp::Ne>, 0, "Same as a != b."},
    {"gt(a, b, /)", compare_function<CompareOp::Gt>, 0, "Same as a > b."},
    {"ge(a, b, /)", compare_function<CompareOp::Ge>, 0, "Same as a >= b."},
    {"length_hint(obj, default=0, /)", function_length_hint, 0, "Return an estimate of the number of items."},
    {"call(obj, /, *args, **kwargs)", function_call, 0, "Same as obj(*args, **kwargs)."},
    {"_compare_digest(a, b, /)", function_compare_digest, 0,
     "Return a == b, in a time that tells nothing of where they differ."},
};

/// What came with 3.14: a library older than that lists all names of the module.
constexpr NativeRow kNewFunctions[] = {
    {"is_none(a, /)", function_is_none, 0, "Same as a is None."},
    {"is_not_none(a, /)", function_is_not_none, 0, "Same as a is not None."},
};

Status init(Vm& vm, Module* m) {
  for (const TypeSpec& type : kTypes) TRY(module_add_type(vm, m, type));
  if (python_minor(vm) >= 14) {
    for (const NativeRow& row : kNewFunctions)
      TRY(module_add(vm, m, row.name(), TRY(native_function_new(vm, row, Value(), "_operator"))));
  }
  return {};
}

}  // namespace

extern constinit const ModuleSpec operator_module{
    .name = "_operator",
    .doc = "Operators as functions.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait

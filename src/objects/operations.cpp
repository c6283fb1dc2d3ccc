// Text, truth, length, numbers and subscripts of any value. (Operators: binary.cpp; comparison: compare.cpp; attributes:
// attributes.cpp; calls: native_call.cpp; iteration: iteration.cpp.)
#include "objects/operations.hpp"

#include <vector>

#include "objects/attributes.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/generic_alias.hpp"
#include "objects/int.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/str_methods.hpp"
#include "objects/type.hpp"

namespace krait {

constexpr uint64_t kShortText = 32;  ///< up to here a loop finds a character before a call could

// --- Text.

Value repr(Vm& vm, Value v) {
  TRY(vm.check_stack(" while getting the repr of an object"));
  Value text = TRY(call_special(vm, special_of(vm, v, Special::Repr), v));
  if (!is_str(text)) [[unlikely]]
    return vm.raise(E::TypeError, "__repr__ returned non-string (type {})", type_name_of(text));
  TRY(vm.poll());  // the texts of deep nests are long on the way back, too
  return text;
}

Value str(Vm& vm, Value v) {
  if (v.is_small_int()) return int_to_str(vm, v);
  if (vm.type_of(v) == vm.types.str) return v;
  Value method = special_of(vm, v, Special::Str);
  if (special_is_native(method, object_str)) method = special_of(vm, v, Special::Repr);
  TRY(vm.check_stack(" while getting the str of an object"));
  Value text = TRY(call_special(vm, method, v));
  if (!is_str(text)) [[unlikely]]
    return vm.raise(E::TypeError, "__str__ returned non-string (type {})", type_name_of(text));
  return text;
}

Value ascii(Vm& vm, Value v) {
  Value text = TRY(repr(vm, v));
  const Str* s = as_str(text);
  if (s->is_ascii()) return text;
  StrBuilder out(vm);
  constexpr char kDigits[] = "0123456789abcdef";
  for (uint64_t i = 0; i < s->length; ++i) {
    if ((i & 0xFFFF) == 0xFFFF) TRY(vm.poll());
    char32_t c = s->at(i);
    if (c < 0x80) {
      TRY(out.append(c));
      continue;
    }
    TRY(out.append(U'\\'));
    int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    TRY(out.append(digits == 2 ? U'x' : digits == 4 ? U'u' : U'U'));
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) TRY(out.append(char32_t(kDigits[c >> shift & 15])));
  }
  return TRY(out.finish());
}

Value format(Vm& vm, Value v, Value spec) {
  if (spec.is_unset() || as_str(spec)->length == 0) {
    Type* type = vm.type_of(v);
    if (type == vm.types.str) return v;
    if (type == vm.types.int_) return int_to_str(vm, v);
    if (spec.is_unset()) spec = vm.names.empty;
  }
  Value text = TRY(call_special(vm, special_of(vm, v, Special::Format), v, spec));
  if (!is_str(text)) [[unlikely]]
    return vm.raise(E::TypeError, "__format__ must return a str, not {}", type_name_of(text));
  return text;
}

// --- Truth and length.

namespace {

/// len(v) by its __len__.
Result<int64_t> length_by(Vm& vm, Value method, Value v) {
  Value n = TRY(call_special(vm, method, v));
  if (n.is_small_int()) [[likely]] {
    if (n.as_small_int() < 0) return vm.raise(E::ValueError, "__len__() should return >= 0");
    return n.as_small_int();
  }
  n = TRY(index(vm, n));
  if (int_sign(n) < 0) return vm.raise(E::ValueError, "__len__() should return >= 0");
  return index_checked(vm, n, E::OverflowError);
}

/// The length of exact built-in containers; -1 for others.
int64_t quick_length(Vm& vm, Value v) {
  if (!v.is_cell()) return -1;
  const Type* type = vm.type_of(v);
  if (type->has(kTypeHeap)) return -1;
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::Str: return static_cast<int64_t>(as_str(v)->length);
    case Kind::List: return static_cast<int64_t>(v.as<List>()->length);
    case Kind::Tuple: return static_cast<int64_t>(v.as<Tuple>()->length);
    case Kind::Dict: return type == vm.types.dict ? static_cast<int64_t>(v.as<Dict>()->used) : -1;
    case Kind::Set: return static_cast<int64_t>(v.as<Set>()->used);
    case Kind::Bytes: return static_cast<int64_t>(v.as<Bytes>()->length);
    default: return -1;
  }
}

}  // namespace

Result<bool> truthy(Vm& vm, Value v) {
  if (v.is_bool()) return v.is_true();
  if (v.is_none()) return false;
  if (v.is_small_int()) return v.as_small_int() != 0;
  if (v.is_small_float()) return v.as_small_float() != 0;
  int64_t n = quick_length(vm, v);
  if (n >= 0) return n != 0;
  const Type* type = vm.type_of(v);
  Value method = type->get(Special::Bool);
  if (!method.is_unset()) {
    if (method.is_none()) return vm.raise(E::TypeError, "'{}' cannot be interpreted as a boolean", type_name_of(v));
    Value b = TRY(call_special(vm, method, v));
    if (!b.is_bool()) return vm.raise(E::TypeError, "__bool__ should return bool, returned {}", type_name_of(b));
    return b.is_true();
  }
  method = type->get(Special::Len);
  if (method.is_unset()) return true;
  return TRY(length_by(vm, method, v)) != 0;
}

Result<int64_t> length(Vm& vm, Value v) {
  int64_t n = quick_length(vm, v);
  if (n >= 0) return n;
  Value method = special_of(vm, v, Special::Len);
  if (method.is_unset()) return vm.raise(E::TypeError, "object of type '{}' has no len()", type_name_of(v));
  return length_by(vm, method, v);
}

Value builtin_len(Vm& vm, Args a) { return int_from(vm, TRY(length(vm, a[0]))); }

Result<int64_t> length_hint(Vm& vm, Value v, int64_t fallback) {
  int64_t n = quick_length(vm, v);
  if (n >= 0) return n;
  if (Value method = special_of(vm, v, Special::Len); !method.is_unset()) {
    Result<int64_t> r = length_by(vm, method, v);
    if (r.ok()) return r;
    if (!vm.pending_is(E::TypeError)) return Error{};
    (void)vm.take_pending();
  }
  Value method = special_of(vm, v, Special::LengthHint);
  if (method.is_unset()) return fallback;
  Value hint = call_special(vm, method, v);
  if (hint.is_error()) {
    if (!vm.pending_is(E::TypeError)) return Error{};
    (void)vm.take_pending();
    return fallback;
  }
  if (hint.is_not_implemented()) return fallback;
  if (!is_int(hint)) return vm.raise(E::TypeError, "__length_hint__ must be an integer, not {}", type_name_of(hint));
  int64_t value = TRY(int_to_i64_checked(vm, hint, "C ssize_t"));
  if (value < 0) return vm.raise(E::ValueError, "__length_hint__() should return >= 0");
  return value;
}

// --- Numbers.

Value index(Vm& vm, Value v) {
  if (is_int(v)) return v;
  Value method = special_of(vm, v, Special::Index);
  if (method.is_unset()) [[unlikely]]
    return vm.raise(E::TypeError, "'{}' object cannot be interpreted as an integer", type_name_of(v));
  Value i = TRY(call_special(vm, method, v));
  if (vm.type_of(i) == vm.types.int_) return i;
  if (!is_int(i)) return vm.raise(E::TypeError, "__index__ returned non-int (type {})", type_name_of(i));
  std::string text =
      "__index__ returned non-int (type " + str_to_utf8(vm.type_of(i)->name) +
      ").  The ability to return an instance of a strict subclass of int is deprecated, and may not be supported "
      "in a future version of Python.";
  TRY(warn(vm, E::DeprecationWarning, text));
  return i;
}

Result<int64_t> index_clipped(Vm& vm, Value v) {
  if (v.is_small_int()) return v.as_small_int();
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  return n.has_value() ? *n : int_sign(i) < 0 ? INT64_MIN : INT64_MAX;
}

Result<int64_t> index_checked(Vm& vm, Value v, E overflow) {
  if (v.is_small_int()) return v.as_small_int();
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  if (n.has_value()) return *n;
  return vm.raise(overflow, "cannot fit '{}' into an index-sized integer", type_name_of(v));
}

Result<double> to_double(Vm& vm, Value v) {
  if (is_float(v)) return float_value(v);
  Value method = special_of(vm, v, Special::Float);
  if (!method.is_unset()) {
    Value f = TRY(call_special(vm, method, v));
    if (is_float(f)) {
      if (vm.type_of(f) == vm.types.float_) return float_value(f);
      std::string text =
          str_to_utf8(vm.type_of(v)->name) + ".__float__ returned non-float (type " + str_to_utf8(vm.type_of(f)->name) +
          ").  The ability to return an instance of a strict subclass of float is deprecated, and may not be "
          "supported in a future version of Python.";
      TRY(warn(vm, E::DeprecationWarning, text));
      return float_value(f);
    }
    return vm.raise(E::TypeError, "{}.__float__ returned non-float (type {})", type_name_of(v), type_name_of(f));
  }
  if (!special_of(vm, v, Special::Index).is_unset()) return int_to_double(vm, TRY(index(vm, v)));
  return vm.raise(E::TypeError, "must be real number, not {}", type_name_of(v));
}

// --- Subscripts.

namespace {

/// C[key] for a class whose metaclass has no __getitem__.
Value class_subscript(Vm& vm, Type* type, Value key) {
  if (type == vm.types.type) return generic_alias_new(vm, type, key);
  Value method = TRY(get_attr_optional(vm, type, vm.names.special[static_cast<size_t>(Special::ClassGetItem)]));
  if (method.is_exhausted() || method.is_none())
    return vm.raise(E::TypeError, "type '{}' is not subscriptable", type_name_text(type));
  return call1(vm, method, key);
}

/// Does CPython fill the sequence protocol of the type (whose deletion error reads differently)?
bool has_sequence_protocol(const Type* type) {
  if (type->has(kTypeHeap)) return true;
  switch (static_cast<Kind>(type->spec->kind)) {
    case Kind::Str:
    case Kind::Bytes:
    case Kind::Tuple:
    case Kind::Range:
    case Kind::Set:
    case Kind::MappingProxy:
    case Kind::DictView:
    case Kind::MemoryView: return true;
    default: return false;
  }
}

}  // namespace

Value get_item(Vm& vm, Value container, Value key) {
  Type* type = vm.type_of(container);
  if (key.is_small_int()) {
    int64_t i = key.as_small_int();
    if (type == vm.types.list) {
      auto* list = container.as<List>();
      auto n = static_cast<int64_t>(list->length);
      if (i < 0) i += n;
      if (i >= 0 && i < n) return list->items()[i];
    } else if (type == vm.types.tuple) {
      auto* tuple = container.as<Tuple>();
      auto n = static_cast<int64_t>(tuple->length);
      if (i < 0) i += n;
      if (i >= 0 && i < n) return tuple->items[i];
    } else if (type == vm.types.str) {
      const Str* s = as_str(container);
      auto n = static_cast<int64_t>(s->length);
      if (i < 0) i += n;
      if (i >= 0 && i < n) return str_from_char(vm, s->at(static_cast<uint64_t>(i)));
    }
  }
  if (type == vm.types.dict) {
    Value v = TRY(dict_get(vm, container.as<Dict>(), key));
    if (!v.is_exhausted()) [[likely]]
      return v;
    return vm.raise_key_error(key);
  }
  Value method = type->get(Special::GetItem);
  if (!method.is_unset()) [[likely]]
    return call_special(vm, method, container, key);
  if (is_type(container)) return class_subscript(vm, as_type(container), key);
  return vm.raise(E::TypeError, "'{}' object is not subscriptable", type_name_of(container));
}

namespace {

/// Where a class cannot store (or delete) items: a class with the other of the two methods lacks this one, and one that could be a
/// sequence has asked the key for its number by then. True if it has one.
Result<bool> look_at_key(Vm& vm, Type* type, Value key, Special other, const char* name) {
  if (type->has(kTypeHeap) && !type->get(other).is_unset()) return vm.raise(E::AttributeError, "{}", name);
  if (!has_sequence_protocol(type)) return false;
  if (!is_int(key) && special_of(vm, key, Special::Index).is_unset()) return false;
  TRY(index_checked(vm, key, E::IndexError));
  return true;
}

}  // namespace

Status set_item(Vm& vm, Value container, Value key, Value value) {
  Type* type = vm.type_of(container);
  if (type == vm.types.dict) return dict_set(vm, container.as<Dict>(), key, value);
  if (type == vm.types.list && key.is_small_int()) {
    auto* list = container.as<List>();
    int64_t i = key.as_small_int();
    auto n = static_cast<int64_t>(list->length);
    if (i < 0) i += n;
    if (i >= 0 && i < n) {
      list->items()[i] = value;
      vm.barrier(list, value);
      return {};
    }
  }
  Value method = type->get(Special::SetItem);
  if (method.is_unset()) {
    TRY(look_at_key(vm, type, key, Special::DelItem, "__setitem__"));
    return vm.raise(E::TypeError, "'{}' object does not support item assignment", type_name_of(container));
  }
  Value args[] = {key, value};
  TRY(call_special(vm, method, container, args));
  return {};
}

Status del_item(Vm& vm, Value container, Value key) {
  Type* type = vm.type_of(container);
  Value method = type->get(Special::DelItem);
  if (method.is_unset()) {
    if (TRY(look_at_key(vm, type, key, Special::SetItem, "__delitem__")))
      return vm.raise(E::TypeError, "'{}' object doesn't support item deletion", type_name_of(container));
    return vm.raise(E::TypeError, "'{}' object does not support item deletion", type_name_of(container));
  }
  TRY(call_special(vm, method, container, key));
  return {};
}

Result<bool> contains(Vm& vm, Value container, Value item) {
  Type* type = vm.type_of(container);
  if (type == vm.types.dict) return dict_contains(vm, container.as<Dict>(), item);
  if (type == vm.types.set || type == vm.types.frozenset) return set_contains(vm, container.as<Set>(), item);
  if (type == vm.types.list) return list_contains(vm, container.as<List>(), item);
  if (type == vm.types.str && is_str(item)) {
    Str *text = as_str(container), *part = as_str(item);
    if (part->length == 1 && part->width() == 1 && text->width() == 1 && text->length <= kShortText) {
      const uint8_t* chars = text->data1();
      uint8_t wanted = *part->data1();
      for (uint64_t i = 0; i < text->length; ++i) {
        if (chars[i] == wanted) return true;
      }
      return false;
    }
    return TRY(str_search(vm, text, part, 0, text->length)) >= 0;
  }
  Value method = type->get(Special::Contains);
  if (method.is_none()) return vm.raise(E::TypeError, "'{}' object is not a container", type_name_of(container));
  if (!method.is_unset()) return truthy(vm, TRY(call_special(vm, method, container, item)));
  Value it = get_iter(vm, container);
  if (it.is_error()) {
    if (vm.pending_is(E::TypeError) && vm.clear_pending())
      return vm.raise(E::TypeError, "argument of type '{}' is not a container or iterable", type_name_of(container));
    return Error{};
  }
  while (true) {
    TRY(vm.poll());
    Value v = TRY(iter_next(vm, it));
    if (v.is_exhausted()) return false;
    if (TRY(same_or_equal(vm, v, item))) return true;
  }
}

// --- Reports.

Status warn(Vm& vm, E category, std::string_view message, int stack_level) {
  if (vm.warn_hook == nullptr) return {};
  return vm.warn_hook(vm, category, message, stack_level);
}

Status warn_explicit(Vm& vm, E category, std::string_view message, Str* filename, int line) {
  if (vm.warn_explicit_hook == nullptr) return {};
  return vm.warn_explicit_hook(vm, category, message, filename, line);
}

void write_unraisable(Vm& vm, const char* where, Value object) {
  if (!vm.has_pending() || exception_is_uncatchable(vm, vm.t.pending)) return;
  Value exception = vm.take_pending();
  if (vm.unraisable_hook != nullptr) vm.unraisable_hook(vm, exception, where, object);
}

namespace {
/// What repr() is at work on; each OS thread has its own.
struct ReprStack : Extension {
  struct Entry {
    ThreadState* thread;
    Value value;
  };
  std::vector<Entry> entries;
  void trace(Marker& marker) override {
    for (Entry& e : entries) marker.mark(e.value);
  }
};
}  // namespace

Result<bool> repr_enter(Vm& vm, Value v) {
  TRY(vm.check_stack(" while getting the repr of an object"));
  auto& entries = vm.extension<ReprStack>().entries;
  for (const ReprStack::Entry& e : entries)
    if (e.value == v && e.thread == vm.t.thread) return true;
  entries.push_back({vm.t.thread, v});
  return false;
}

void repr_leave(Vm& vm, Value v) {
  auto& entries = vm.extension<ReprStack>().entries;
  for (size_t i = entries.size(); i-- > 0;) {
    if (entries[i].value != v || entries[i].thread != vm.t.thread) continue;
    entries.erase(entries.begin() + static_cast<ptrdiff_t>(i));
    return;
  }
}

}  // namespace krait

// The functions of the builtins module.
#include "runtime/older_annotations.hpp"
#include "runtime/builtins.hpp"

#include <cmath>
#include <string>

#include "bytecode/code.hpp"
#include "interp/generator.hpp"
#include "interp/interpreter.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "runtime/compile.hpp"
#include "runtime/import.hpp"

namespace krait {
namespace {

Value builtin_abs(Vm& vm, Args a) { return absolute(vm, a[0]); }

Value builtin_all(Vm& vm, Args a) {
  bool result = true;
  Value it = get_iter(vm, a[0]);
  if (it.is_error()) return it;
  while (true) {
    TRY(vm.poll());
    Value item = iter_next(vm, it);
    if (item.is_error()) return item;
    if (item.is_exhausted()) break;
    if (!TRY(truthy(vm, item))) {
      result = false;
      break;
    }
  }
  return Value::boolean(result);
}
Value builtin_any(Vm& vm, Args a) {
  Value it = get_iter(vm, a[0]);
  if (it.is_error()) return it;
  while (true) {
    TRY(vm.poll());
    Value item = iter_next(vm, it);
    if (item.is_error()) return item;
    if (item.is_exhausted()) return Value::false_();
    if (TRY(truthy(vm, item))) return Value::true_();
  }
}
Value builtin_aiter(Vm& vm, Args a) {
  Value aiter = special_of(vm, a[0], Special::AIter);
  if (aiter.is_unset()) return vm.raise(E::TypeError, "'{}' object is not an async iterable", type_name_of(a[0]));
  Value it = call_special(vm, aiter, a[0]);
  if (it.is_error()) return it;
  if (special_of(vm, it, Special::ANext).is_unset())
    return vm.raise(E::TypeError, "aiter() returned not an async iterator of type '{}'", type_name_of(it));
  return it;
}
Value builtin_anext(Vm& vm, Args a) {
  Value anext = special_of(vm, a[0], Special::ANext);
  if (anext.is_unset()) return vm.raise(E::TypeError, "'{}' object is not an async iterator", type_name_of(a[0]));
  Value awaitable = call_special(vm, anext, a[0]);
  if (awaitable.is_error() || !a.has(1)) return awaitable;
  return anext_awaitable_new(vm, awaitable, a[1]);
}
Value builtin_ascii(Vm& vm, Args a) { return ascii(vm, a[0]); }

/// bin, oct, hex.
template <int base>
Value in_base(Vm& vm, Args a) {
  Value i = index(vm, a[0]);
  if (i.is_error()) return i;
  Value digits = int_to_str(vm, i, base);
  if (digits.is_error()) return digits;
  const char* prefix = base == 2 ? "0b" : base == 8 ? "0o" : "0x";
  Str* text = digits.as<Str>();
  StrBuilder out(vm);
  bool negative = text->length > 0 && text->at(0) == '-';
  if (negative) TRY(out.append(U'-'));
  TRY(out.append_ascii(prefix));
  TRY(out.append(text, negative ? 1 : 0, text->length));
  return out.finish();
}

Value builtin_callable(Vm& vm, Args a) { return Value::boolean(is_callable(vm, a[0])); }
Value builtin_chr(Vm& vm, Args a) {
  Value i = index(vm, a[0]);
  if (i.is_error()) return i;
  std::optional<int64_t> c = int_to_i64(i);
  if (!c || *c < 0 || *c > 0x10FFFF) return vm.raise(E::ValueError, "chr() arg not in range(0x110000)");
  return str_from_char(vm, static_cast<char32_t>(*c));
}
Value builtin_ord(Vm& vm, Args a) {
  if (is_str(a[0])) {
    Str* s = as_str(a[0]);
    if (s->length == 1) return Value::small_int(s->at(0));
    return vm.raise(E::TypeError, "ord() expected a character, but string of length {} found", s->length);
  }
  if (is_bytes(a[0])) {
    Bytes* b = a[0].as<Bytes>();
    if (b->length == 1) return Value::small_int(b->data[0]);
    return vm.raise(E::TypeError, "ord() expected a character, but string of length {} found", b->length);
  }
  if (is_bytearray(a[0])) {
    ByteArray* b = a[0].as<ByteArray>();
    if (b->length == 1) return Value::small_int(b->data()[0]);
    return vm.raise(E::TypeError, "ord() expected a character, but string of length {} found", b->length);
  }
  return vm.raise(E::TypeError, "ord() expected string of length 1, but {} found", type_name_of(a[0]));
}

Result<Str*> attribute_name(Vm& vm, Value name) {
  if (!is_str(name)) return vm.raise(E::TypeError, "attribute name must be string, not '{}'", type_name_of(name));
  return vm.intern(as_str(name));
}
Value builtin_getattr(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[1]));
  if (!a.has(2)) return get_attr(vm, a[0], name);
  Value v = get_attr_optional(vm, a[0], name);
  return v.is_exhausted() ? a[2] : v;
}
Value builtin_hasattr(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[1]));
  Value v = get_attr_optional(vm, a[0], name);
  if (v.is_error()) return v;
  return Value::boolean(!v.is_exhausted());
}
Value builtin_setattr(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[1]));
  TRY(set_attr(vm, a[0], name, a[2]));
  return Value::none();
}
Value builtin_delattr(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[1]));
  TRY(del_attr(vm, a[0], name));
  return Value::none();
}

Value builtin_divmod(Vm& vm, Args a) { return div_mod(vm, a[0], a[1]); }
Value builtin_format(Vm& vm, Args a) {
  if (a.has(1) && !is_str(a[1]))
    return vm.raise(E::TypeError, "format() argument 2 must be str, not {}", argument_type(a[1]));
  return format(vm, a[0], a[1]);
}
Value builtin_hash(Vm& vm, Args a) { return int_from(vm, TRY(hash(vm, a[0]))); }
Value builtin_id(Vm& vm, Args a) { return int_from_u64(vm, a[0].bits()); }
Value builtin_isinstance(Vm& vm, Args a) { return Value::boolean(TRY(is_instance(vm, a[0], a[1]))); }
Value builtin_issubclass(Vm& vm, Args a) { return Value::boolean(TRY(is_subclass(vm, a[0], a[1]))); }

struct CallableIterator;
Value builtin_iter(Vm& vm, Args a) {
  if (!a.has(1)) return get_iter(vm, a[0]);
  if (!is_callable(vm, a[0])) return vm.raise(E::TypeError, "iter(v, w): v must be callable");
  return callable_iterator_new(vm, a[0], a[1]);
}
Value builtin_next(Vm& vm, Args a) {
  if (special_of(vm, a[0], Special::Next).is_unset())
    return vm.raise(E::TypeError, "'{}' object is not an iterator", type_name_of(a[0]));
  if (!a.has(1)) {
    // A StopIteration keeps its value here.
    Value v = call_special(vm, special_of(vm, a[0], Special::Next), a[0]);
    if (v.is_exhausted()) return raise_stop_iteration(vm, Value());
    return v;
  }
  Value v = iter_next(vm, a[0]);
  return v.is_exhausted() ? a[1] : v;
}

/// min and max: a[0] key, a[1] default, rest.
template <CompareOp better>
Value extreme(Vm& vm, Args a) {
  const char* name = better == CompareOp::Lt ? "min" : "max";
  std::span<const Value> values = a.rest(2);
  Value key = a.get(0, Value::none());
  if (values.empty()) return vm.raise(E::TypeError, "{} expected at least 1 argument, got 0", name);
  if (values.size() > 1 && a.has(1))
    return vm.raise(E::TypeError, "Cannot specify a default for {}() with multiple positional arguments", name);
  Value best, best_key;
  auto consider = [&](Value item) -> Status {
    Value k = item;
    if (!key.is_none()) {
      k = call1(vm, key, item);
      if (k.is_error()) return Error{};
    }
    if (best.is_unset()) {
      best = item;
      best_key = k;
      return {};
    }
    if (Value::both_small_ints(k, best_key)) {
      if (better == CompareOp::Lt ? k.as_small_int() < best_key.as_small_int()
                                  : k.as_small_int() > best_key.as_small_int()) {
        best = item;
        best_key = k;
      }
      return {};
    }
    if (TRY(compare_bool(vm, k, best_key, better))) {
      best = item;
      best_key = k;
    }
    return {};
  };
  if (values.size() > 1) {
    for (Value v : values) TRY(consider(v));
    return best;
  }
  TRY(for_each(vm, values[0], consider));
  if (best.is_unset()) {
    if (a.has(1)) return a[1];
    return vm.raise(E::ValueError, "{}() iterable argument is empty", name);
  }
  return best;
}

Value builtin_pow(Vm& vm, Args a) { return power(vm, a[0], a[1], a.get(2, Value::none())); }
Value builtin_repr(Vm& vm, Args a) { return repr(vm, a[0]); }
Value builtin_round(Vm& vm, Args a) {
  Value method = special_of(vm, a[0], Special::Round);
  if (method.is_unset()) return vm.raise(E::TypeError, "type {} doesn't define __round__ method", type_name_of(a[0]));
  if (!a.has(1) || a[1].is_none()) return call_special(vm, method, a[0]);
  return call_special(vm, method, a[0], a[1]);
}
Value builtin_sorted(Vm& vm, Args a) {
  Value list = list_from(vm, a[0]);
  if (list.is_error()) return list;
  bool reverse = a.has(2) && TRY(truthy(vm, a[2]));
  TRY(list_sort(vm, list.as<List>(), a.get(1, Value::none()), reverse));
  return list;
}

/// One number of a compensated sum (Neumaier), as CPython adds floats since 3.12 and complex numbers since 3.14.
struct CompensatedSum {
  double high, low = 0;
  void add(double x) {
    double t = high + x;
    low += std::fabs(high) >= std::fabs(x) ? (high - t) + x : (x - t) + high;
    high = t;
  }
  double value() const { return low != 0 && std::isfinite(low) ? high + low : high; }
};

/// sum(): ints as long as all are small, then floats, then complex numbers, then any objects. A stage is left by adding what
/// does not belong to it, and what comes of that says which one is next.
Value builtin_sum(Vm& vm, Args a) {
  Value total = a.get(1, Value::small_int(0));
  if (is_str(total)) return vm.raise(E::TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (is_bytes(total)) return vm.raise(E::TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (is_bytearray(total)) return vm.raise(E::TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  Value it = get_iter(vm, a[0]);
  if (it.is_error()) return it;
  auto is_exact_float = [&](Value v) { return v.is_small_float() || is_exact(vm, v, vm.types.float_); };
  Value item;
  auto next = [&]() -> Result<bool> {
    TRY(vm.poll());
    item = iter_next(vm, it);
    if (item.is_error()) return Error{};
    return !item.is_exhausted();
  };
  auto add_item = [&]() -> Status {
    total = binary(vm, BinaryOp::Add, total, item);
    if (total.is_error()) return Error{};
    return {};
  };
  if (total.is_small_int()) {
    int64_t sum = total.as_small_int(), more;
    bool left = false;
    while (!left && TRY(next())) {
      bool adds = (item.is_small_int() && !__builtin_add_overflow(sum, item.as_small_int(), &more)) ||
                  (item.is_bool() && !__builtin_add_overflow(sum, int64_t{item.is_true()}, &more));
      left = !adds || !Value::fits_small_int(more);
      if (!left) sum = more;
    }
    total = Value::small_int(sum);
    if (!left) return total;
    TRY(add_item());
  }
  if (is_exact_float(total)) {
    CompensatedSum sum{float_value(total)};
    bool left = false;
    while (!left && TRY(next())) {
      if (is_exact_float(item)) {
        sum.add(float_value(item));
      } else if (is_int(item)) {
        sum.add(TRY(int_to_double(vm, item)));
      } else {
        left = true;
      }
    }
    total = float_from(vm, sum.value());
    if (!left || total.is_error()) return total;
    TRY(add_item());
  }
  if (is_exact(vm, total, vm.types.complex_)) {
    CompensatedSum real{total.as<Complex>()->real}, imag{total.as<Complex>()->imag};
    bool left = false;
    while (!left && TRY(next())) {
      if (is_exact(vm, item, vm.types.complex_)) {
        real.add(item.as<Complex>()->real);
        imag.add(item.as<Complex>()->imag);
      } else if (is_float(item)) {
        real.add(float_value(item));
      } else if (is_int(item)) {
        real.add(TRY(int_to_double(vm, item)));
      } else {
        left = true;
      }
    }
    total = complex_from(vm, real.value(), imag.value());
    if (!left || total.is_error()) return total;
    TRY(add_item());
  }
  while (TRY(next())) TRY(add_item());
  return total;
}

// --- namespaces
Value builtin_globals(Vm& vm, Args) {
  if (vm.t.frame == nullptr) return vm.raise(E::SystemError, "globals() called without a frame");
  return vm.t.frame->globals;
}
Value builtin_locals(Vm& vm, Args) {
  if (vm.t.frame == nullptr) return vm.raise(E::SystemError, "frame does not exist");
  return frame_locals(vm, vm.t.frame, true);
}
Value builtin_vars(Vm& vm, Args a) {
  if (!a.has(0)) return builtin_locals(vm, a);
  Value dict = get_attr_optional(vm, a[0], vm.names.d_dict);
  if (dict.is_exhausted()) return vm.raise(E::TypeError, "vars() argument must have __dict__ attribute");
  return dict;
}
Value builtin_dir(Vm& vm, Args a) {
  Value names;
  if (!a.has(0)) {
    if (vm.t.frame == nullptr) return vm.raise(E::SystemError, "frame does not exist");
    Value locals = frame_locals(vm, vm.t.frame, true);
    if (locals.is_error()) return locals;
    names = call_method(vm, locals, vm.names.keys);
    if (names.is_error()) return names;
  } else {
    Value method = special_of(vm, a[0], Special::Dir);
    if (method.is_unset()) return vm.raise(E::TypeError, "object does not provide __dir__");
    names = call_special(vm, method, a[0]);
    if (names.is_error()) return names;
  }
  Value list = list_from(vm, names);
  if (list.is_error()) return list;
  TRY(list_sort(vm, list.as<List>(), Value(), false));
  return list;
}

/// The dict and mapping that exec() and eval() use.
struct Namespaces {
  Dict* globals;
  Value locals;
};
Result<Namespaces> namespaces(Vm& vm, const char* function, Value globals, Value locals) {
  if (!locals.is_unset() && !locals.is_none() && special_of(vm, locals, Special::GetItem).is_unset()) {
    if (std::string_view(function) == "eval") return vm.raise(E::TypeError, "locals must be a mapping");
    return vm.raise(E::TypeError, "locals must be a mapping or None, not {}", type_name_of(locals));
  }
  if (!globals.is_unset() && !globals.is_none() && !is_dict(globals)) {
    if (std::string_view(function) == "eval")
      return vm.raise(E::TypeError, special_of(vm, globals, Special::GetItem).is_unset()
                                        ? "globals must be a dict"
                                        : "globals must be a real dict; try eval(expr, {}, mapping)");
    return vm.raise(E::TypeError, "{}() globals must be a dict, not {}", function, type_name_of(globals));
  }
  Namespaces out{nullptr, Value()};
  if (globals.is_unset() || globals.is_none()) {
    if (vm.t.frame == nullptr) return vm.raise(E::SystemError, "globals and locals cannot be NULL");
    out.globals = vm.t.frame->globals;
    out.locals = locals.is_unset() || locals.is_none() ? frame_locals(vm, vm.t.frame, true) : locals;
    if (out.locals.is_error()) return Error{};
  } else {
    out.globals = globals.as<Dict>();
    out.locals = locals.is_unset() || locals.is_none() ? globals : locals;
  }
  if (dict_get_str(vm, out.globals, vm.names.d_builtins).is_unset()) {
    Value builtins = vm.t.frame != nullptr ? Value(vm.t.frame->builtins) : Value(vm.builtins_dict);
    TRY(dict_set_str(vm, out.globals, vm.names.d_builtins, builtins));
  }
  return out;
}

Value builtin_eval(Vm& vm, Args a) {
  Namespaces ns = TRY(namespaces(vm, "eval", a[1], a[2]));
  Value source = a[0];
  if (is_code(source)) {
    if (source.as<Code>()->free_count != 0)
      return vm.raise(E::TypeError, "code object passed to eval() may not contain free variables");
    return run_code(vm, source.as<Code>(), ns.globals, ns.locals);
  }
  Code* code =
      TRY(compile_value(vm, source, "<string>", "eval", "eval() arg 1 must be a string, bytes or code object", true));
  return run_code(vm, code, ns.globals, ns.locals);
}
Value builtin_exec(Vm& vm, Args a) {
  Namespaces ns = TRY(namespaces(vm, "exec", a[1], a[2]));
  Value closure = a.get(3, Value::none());
  if (is_code(a[0])) {
    Code* code = a[0].as<Code>();
    if (code->free_count == 0) {
      if (!closure.is_none()) return vm.raise(E::TypeError, "cannot use a closure with this code object");
    } else {
      bool fits = is_exact(vm, closure, vm.types.tuple) && closure.as<Tuple>()->length == code->free_count;
      for (uint64_t i = 0; fits && i < closure.as<Tuple>()->length; ++i)
        fits = is_kind(closure.as<Tuple>()->items[i], Kind::Cell);
      if (!fits) {
        if (closure.is_none())
          return vm.raise(E::TypeError, "code object requires a closure of exactly length {}", code->free_count);
        return vm.raise(E::TypeError, "code object requires a closure of exactly length {}", code->free_count);
      }
    }
    Value done = run_code(vm, code, ns.globals, ns.locals, closure.is_none() ? nullptr : closure.as<Tuple>());
    return done.is_error() ? done : Value::none();
  }
  if (!closure.is_none()) return vm.raise(E::TypeError, "closure can only be used when source is a code object");
  Code* code =
      TRY(compile_value(vm, a[0], "<string>", "exec", "exec() arg 1 must be a string, bytes or code object", false));
  Value done = run_code(vm, code, ns.globals, ns.locals);
  return done.is_error() ? done : Value::none();
}

// --- classes
Value build_class(Vm& vm, Args a) {
  // a[0] body function, a[1] name, a[2] keyword dict or unset, then the bases
  if (!is_function(a[0])) return vm.raise(E::TypeError, "__build_class__: func must be a function");
  if (!is_str(a[1])) return vm.raise(E::TypeError, "__build_class__: name is not a string");
  Function* body = a[0].as<Function>();
  Dict* keywords = is_dict(a[2]) ? TRY(dict_copy(vm, a[2].as<Dict>())) : nullptr;
  Tuple* original = TRY(tuple_from_span(vm, a.rest(3)));
  Value bases_value = resolve_bases(vm, original);
  if (bases_value.is_error()) return bases_value;
  Tuple* bases = bases_value.as<Tuple>();
  Value meta;
  if (keywords != nullptr) {
    meta = dict_get_str(vm, keywords, vm.names.metaclass);
    if (!meta.is_unset()) TRY(dict_del_str(vm, keywords, vm.names.metaclass));
  }
  if (meta.is_unset()) meta = bases->length == 0 ? Value(vm.types.type) : Value(vm.type_of(bases->items[0]));
  if (is_type(meta)) meta = TRY(type_calculate_metaclass(vm, as_type(meta), bases));
  // The namespace.
  Value ns;
  Tuple* name_and_bases = TRY(tuple_of(vm, a[1], Value(bases)));
  if (meta == Value(vm.types.type)) {
    ns = TRY(dict_new(vm));
  } else {
    Value prepare = get_attr_optional(vm, meta, vm.names.special[static_cast<size_t>(Special::Prepare)]);
    if (prepare.is_error()) return prepare;
    if (prepare.is_exhausted()) {
      ns = TRY(dict_new(vm));
    } else {
      ns = call_with(vm, prepare, name_and_bases, keywords);
      if (ns.is_error()) return ns;
    }
    if (special_of(vm, ns, Special::GetItem).is_unset()) {
      Str* meta_name = is_type(meta) ? as_type(meta)->name : TRY(str_message(vm, "<metaclass>"));
      return vm.raise(E::TypeError, "{}.__prepare__() must return a mapping, not {}", meta_name, type_name_of(ns));
    }
  }
  Value cell = run_code(vm, body->code, body->globals, ns, body->closure, body);
  if (cell.is_error()) return cell;
  if (vm.annotations_hook != nullptr && meta != Value(vm.types.type)) TRY(annotations_into_namespace(vm, ns));
  if (bases != original) {
    if (is_exact(vm, ns, vm.types.dict)) {
      TRY(dict_set_str(vm, ns.as<Dict>(), vm.names.d_orig_bases, original));
    } else {
      TRY(set_item(vm, ns, vm.names.d_orig_bases, original));
    }
  }
  Tuple* args = TRY(tuple_of(vm, a[1], Value(bases), ns));
  Value cls = call_with(vm, meta, args, keywords);
  if (cls.is_error()) return cls;
  if (is_type(cls) && is_kind(cell, Kind::Cell)) {
    Value content = cell.as<ClosureCell>()->content;
    if (content.is_unset())
      return vm.raise(E::RuntimeError,
                      "__class__ not set defining {} as {}. Was __classcell__ propagated to type.__new__?",
                      repr_of(a[1]), repr_of(cls));
    if (content != cls)
      return vm.raise(E::TypeError, "__class__ set to {} defining {} as {}", repr_of(content), repr_of(a[1]),
                      repr_of(cls));
  }
  return cls;
}

// --- text in and out
Value sys_stream(Vm& vm, Str* name) {
  Value sys = dict_get(vm, vm.modules, TRY(vm.intern("sys")));
  if (sys.is_error()) return sys;
  Value stream = sys.is_exhausted() ? Value::exhausted() : get_attr_optional(vm, sys, name);
  if (stream.is_exhausted()) return vm.raise(E::RuntimeError, "lost sys.{}", name);
  return stream;
}

Value builtin_print(Vm& vm, Args a) {
  // a[0] sep, a[1] end, a[2] file, a[3] flush, rest
  Value file = a.get(2, Value::none());
  if (file.is_none()) {
    file = sys_stream(vm, vm.names.stdout_);
    if (file.is_error()) return file;
    if (file.is_none()) return Value::none();
  }
  Value sep = a.get(0, Value::none()), end = a.get(1, Value::none());
  if (!sep.is_none() && !is_str(sep))
    return vm.raise(E::TypeError, "sep must be None or a string, not {}", type_name_of(sep));
  if (!end.is_none() && !is_str(end))
    return vm.raise(E::TypeError, "end must be None or a string, not {}", type_name_of(end));
  Value write = get_attr(vm, file, vm.names.write);
  if (write.is_error()) return write;
  std::span<const Value> values = a.rest(4);
  bool first = true;
  for (Value v : values) {
    if (!first) {
      Value done = call1(vm, write, sep.is_none() ? Value(vm.latin1_chars[' ']) : sep);
      if (done.is_error()) return done;
    }
    first = false;
    Value text = str(vm, v);
    if (text.is_error()) return text;
    Value done = call1(vm, write, text);
    if (done.is_error()) return done;
  }
  Value done = call1(vm, write, end.is_none() ? Value(vm.latin1_chars['\n']) : end);
  if (done.is_error()) return done;
  if (a.has(3) && TRY(truthy(vm, a[3]))) {
    Value flushed = call_method(vm, file, vm.names.flush);
    if (flushed.is_error()) return flushed;
  }
  return Value::none();
}

Value builtin_input(Vm& vm, Args a) {
  Value in = sys_stream(vm, vm.names.stdin_);
  if (in.is_error()) return in;
  Value out = sys_stream(vm, vm.names.stdout_);
  if (out.is_error()) return out;
  Value err = sys_stream(vm, vm.names.stderr_);
  if (err.is_error()) return err;
  if (in.is_none()) return vm.raise(E::RuntimeError, "input(): lost sys.stdin");
  if (out.is_none()) return vm.raise(E::RuntimeError, "input(): lost sys.stdout");
  if (!err.is_none()) {
    Value flushed = call_method(vm, err, vm.names.flush);
    if (flushed.is_error() && !vm.clear_pending()) return Error{};
  }
  if (a.has(0)) {
    Value text = str(vm, a[0]);
    if (text.is_error()) return text;
    Value done = call_method(vm, out, vm.names.write, text);
    if (done.is_error()) return done;
  }
  Value flushed = call_method(vm, out, vm.names.flush);
  if (flushed.is_error() && !vm.clear_pending()) return Error{};
  Value line = call_method(vm, in, vm.names.readline);
  if (line.is_error()) return line;
  if (!is_str(line)) return vm.raise(E::TypeError, "object.readline() returned non-string");
  Str* s = as_str(line);
  if (s->length == 0) return vm.raise(E::EOFError, "EOF when reading a line");
  if (s->at(s->length - 1) == '\n') return str_substring(vm, s, 0, s->length - 1);
  return s;
}

Value builtin_breakpoint(Vm& vm, Args a) {
  Value sys = dict_get(vm, vm.modules, TRY(vm.intern("sys")));
  if (sys.is_error()) return sys;
  Value hook = sys.is_exhausted() ? sys : get_attr_optional(vm, sys, TRY(vm.intern("breakpointhook")));
  if (hook.is_error()) return hook;
  if (hook.is_exhausted()) return vm.raise(E::RuntimeError, "lost sys.breakpointhook");
  Tuple* args = TRY(tuple_from_span(vm, a.rest(1)));
  return call_with(vm, hook, args, is_dict(a[0]) ? a[0].as<Dict>() : nullptr);
}

Value builtin_import(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "module name must be a string");
  int64_t level = a.has(4) ? TRY(index_checked(vm, a[4], E::OverflowError)) : 0;
  return import_module_level(vm, as_str(a[0]), a.get(1, Value::none()), a.get(3, Value::none()), level);
}

Value builtin_compile(Vm& vm, Args a) { return compile_builtin(vm, a); }

const NativeRow kFunctions[] = {
    {"__build_class__(func, name, /, *bases, **kwds)", build_class, 0, "Helper of the class statement."},
    {"__import__(name, globals=None, locals=None, fromlist=(), level=0)", builtin_import, 0, "Import a module."},
    {"abs(number, /)", builtin_abs, kPure, "Return the absolute value of the argument."},
    {"aiter(async_iterable, /)", builtin_aiter, 0, "Return an asynchronous iterator for an asynchronous iterable."},
    {"all(iterable, /)", builtin_all, 0, "Return True if bool(x) is True for all values x in the iterable."},
    {"anext(aiterator, default=<unrepresentable>, /)", builtin_anext, 0, "Return the next item of the async iterator."},
    {"any(iterable, /)", builtin_any, 0, "Return True if bool(x) is True for any x in the iterable."},
    {"ascii(obj, /)", builtin_ascii, 0, "Return an ASCII-only representation of an object."},
    {"bin(number, /)", in_base<2>, 0, "Return the binary representation of an integer.\n\n>>> bin(-10)\n'-0b1010'"},
    {"breakpoint(*args, **kws)", builtin_breakpoint, 0, "Call sys.breakpointhook(*args, **kws)."},
    {"callable(obj, /)", builtin_callable, kPure, "Return whether the object can be called."},
    {"chr(i, /)", builtin_chr, kPure, "Return the string of one character with ordinal i."},
    {"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
     builtin_compile, 0, "Compile source into a code object that can be executed by exec() or eval()."},
    {"delattr(obj, name, /)", builtin_delattr, 0, "Delete the named attribute of the object."},
    {"dir(object=<unrepresentable>, /)", builtin_dir, 0, "Names in the scope, or the attributes of an object."},
    {"divmod(x, y, /)", builtin_divmod, 0, "Return the tuple (x//y, x%y)."},
    {"eval(source, /, globals=None, locals=None)", builtin_eval, 0, "Evaluate an expression in the given namespaces."},
    {"exec(source, /, globals=None, locals=None, *, closure=None)", builtin_exec, 0,
     "Execute code in the given namespaces."},
    {"format(value, format_spec='', /)", builtin_format, 0, "Return type(value).__format__(value, format_spec)."},
    {"getattr(object, name, default=<unrepresentable>, /)", builtin_getattr, 0,
     "Get a named attribute from an object."},
    {"globals()", builtin_globals, 0, "Return the dictionary of the current module's variables."},
    {"hasattr(obj, name, /)", builtin_hasattr, 0, "Return whether the object has an attribute with the given name."},
    {"hash(obj, /)", builtin_hash, 0, "Return the hash value of the object."},
    {"hex(number, /)", in_base<16>, 0,
     "Return the hexadecimal representation of an integer.\n\n>>> hex(48879)\n'0xbeef'"},
    {"id(obj, /)", builtin_id, 0, "Return the identity of an object."},
    {"input(prompt='', /)", builtin_input, 0, "Read a line of text from standard input."},
    {"isinstance(obj, class_or_tuple, /)", builtin_isinstance, 0,
     "Return whether an object is an instance of a class."},
    {"issubclass(cls, class_or_tuple, /)", builtin_issubclass, 0, "Return whether a class is derived from another."},
    {"iter(object, sentinel=<unrepresentable>, /)", builtin_iter, 0, "Get an iterator from an object."},
    {"len(obj, /)", builtin_len, 0, "Return the number of items in a container."},
    {"locals()", builtin_locals, 0, "Return a dictionary of the current scope's local variables."},
    {"max(*args, key=None, default=<unrepresentable>)", extreme<CompareOp::Gt>, 0,
     "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\n"
     "The largest item of one iterable (`default` if it is empty), or of two or more arguments."},
    {"min(*args, key=None, default=<unrepresentable>)", extreme<CompareOp::Lt>, 0,
     "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\n"
     "The smallest item of one iterable (`default` if it is empty), or of two or more arguments."},
    {"next(iterator, default=<unrepresentable>, /)", builtin_next, 0, "Return the next item from the iterator."},
    {"oct(number, /)", in_base<8>, 0, "Return the octal representation of an integer.\n\n>>> oct(493)\n'0o755'"},
    {"ord(character, /)", builtin_ord, kPure, "Return the ordinal of a one-character string."},
    {"pow(base, exp, mod=None)", builtin_pow, 0, "base**exp, or base**exp % mod."},
    {"print(*args, sep=' ', end='\\n', file=None, flush=False)", builtin_print, 0, "Print the values to a stream."},
    {"repr(obj, /)", builtin_repr, 0, "Return the canonical string representation of the object."},
    {"round(number, ndigits=None)", builtin_round, 0, "Round a number to a given precision in decimal digits."},
    {"setattr(obj, name, value, /)", builtin_setattr, 0, "Set the named attribute of the object."},
    {"sorted(iterable, /, *, key=None, reverse=False)", builtin_sorted, kCheckPositional,
     "Return a new sorted list of the items."},
    {"sum(iterable, /, start=0)", builtin_sum, 0, "Return the sum of a start value and an iterable of numbers."},
    {"vars(object=<unrepresentable>, /)", builtin_vars, 0, "The __dict__ of an object, or the local variables."},
};

}  // namespace

Value resolve_bases(Vm& vm, Tuple* bases) {
  List* out = nullptr;
  for (uint64_t i = 0; i < bases->length; ++i) {
    Value base = bases->items[i];
    Value entries = Value::exhausted();
    if (!is_type(base)) {
      entries = get_attr_optional(vm, base, vm.names.special[static_cast<size_t>(Special::MroEntries)]);
      if (entries.is_error()) return entries;
    }
    if (entries.is_exhausted()) {
      if (out != nullptr) TRY(list_append(vm, out, base));
      continue;
    }
    Value given = call1(vm, entries, bases);
    if (given.is_error()) return given;
    if (!is_tuple(given)) return vm.raise(E::TypeError, "__mro_entries__ must return a tuple");
    if (out == nullptr) out = TRY(list_from_span(vm, {bases->items, i}));
    for (uint64_t k = 0; k < given.as<Tuple>()->length; ++k) TRY(list_append(vm, out, given.as<Tuple>()->items[k]));
  }
  if (out == nullptr) return bases;
  return list_to_tuple(vm, out);
}

namespace {

Status builtins_init(Vm& vm, Module* m) {
  Types& t = vm.types;
  const struct {
    const char* name;
    Type* type;
  } kTypes[] = {
      {"object", t.object},
      {"type", t.type},
      {"int", t.int_},
      {"bool", t.bool_},
      {"float", t.float_},
      {"complex", t.complex_},
      {"str", t.str},
      {"bytes", t.bytes},
      {"bytearray", t.bytearray},
      {"memoryview", t.memoryview},
      {"tuple", t.tuple},
      {"list", t.list},
      {"dict", t.dict},
      {"set", t.set},
      {"frozenset", t.frozenset},
      {"range", t.range},
      {"slice", t.slice},
      {"enumerate", t.enumerate},
      {"zip", t.zip},
      {"map", t.map},
      {"filter", t.filter},
      {"reversed", t.reversed},
      {"classmethod", t.classmethod},
      {"staticmethod", t.staticmethod},
      {"property", t.property},
      {"super", t.super},
  };
  for (const auto& row : kTypes) TRY(module_add(vm, m, row.name, row.type));
  for (Type* exception : t.exceptions) TRY(dict_set_str(vm, m->dict, exception->name, exception));
  TRY(module_add(vm, m, "ExceptionGroup", t.exception_group));
  TRY(module_add(vm, m, "EnvironmentError", vm.exception_type(E::OSError)));
  TRY(module_add(vm, m, "IOError", vm.exception_type(E::OSError)));
  TRY(module_add(vm, m, "None", Value::none()));
  TRY(module_add(vm, m, "True", Value::true_()));
  TRY(module_add(vm, m, "False", Value::false_()));
  TRY(module_add(vm, m, "Ellipsis", Value::ellipsis()));
  TRY(module_add(vm, m, "NotImplemented", Value::not_implemented()));
  TRY(module_add(vm, m, "__debug__", Value::true_()));
  return {};
}

}  // namespace

extern const ModuleSpec builtins_module{
    .name = "builtins",
    .doc = "Built-in functions, types, exceptions, and other objects.",
    .functions = kFunctions,
    .init = builtins_init,
};

}  // namespace krait

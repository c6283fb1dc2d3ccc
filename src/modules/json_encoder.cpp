// _json.make_encoder: writes Python objects as JSON text.
#include "base/float_text.hpp"
#include "modules/_json.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/quick.hpp"
#include "runtime/system.hpp"

#include <cmath>

namespace krait::json {

namespace {

enum class Strings : uint8_t { kCall, kPlain, kAscii };  ///< how an encoder writes strings: by a call, or natively

struct Encoder : Object {
  Value markers, default_, encoder, indent, key_separator, item_separator, sort_keys, skipkeys;
  bool allow_nan;
  Strings strings;
};

void trace_encoder(Heap&, Cell* cell, Marker& m) {
  auto* e = static_cast<Encoder*>(cell);
  m.mark_range(&e->markers, &e->skipkeys + 1);
}

constexpr const char* kRecursion = " while encoding a JSON object";

/// One call of an encoder.
class Writer {
 public:
  Writer(Vm& vm, Encoder* encoder) : vm_(vm), encoder_(encoder), out_(vm), notes_(python_minor(vm) >= 14) {}
  Status value(Value v, int64_t level);
  Result<Str*> finish() { return out_.finish(); }

 private:
  Status string(Value v);
  Status floating(double x);
  Status sequence(Value v, int64_t level);
  Status dict(Value v, int64_t level);
  Status entry(Value key, Value v, bool& first, Value container, int64_t level);
  Status by_default(Value v, int64_t level);
  /// A new line with its indentation, where the encoder indents.
  Status new_line(int64_t level);
  Status separator() { return out_.append(as_str(encoder_->item_separator)); }
  /// Notes that `v` is being written: ValueError if it already is. *mark is unset when the encoder does not check.
  Status enter(Value v, Value* mark);
  Status leave(Value mark);
  /// Adds a note to the pending exception, as the library of 3.14 does.
  template <class... Parts>
  Error noted(const char* format, const Parts&... parts);

  Vm& vm_;
  Encoder* encoder_;
  StrBuilder out_;
  bool notes_;
};

template <class... Parts>
Error Writer::noted(const char* format, const Parts&... parts) {
  if (!notes_ || exception_is_uncatchable(vm_, vm_.t.pending)) return Error{};
  Value exception = vm_.take_pending();
  Str* note = TRY(str_message(vm_, format, parts...));
  TRY(exception_add_note(vm_, exception, note));
  vm_.t.pending = exception;
  return Error{};
}

Status Writer::enter(Value v, Value* mark) {
  if (encoder_->markers.is_none()) return {};
  Value id = TRY(int_from_u64(vm_, v.bits()));
  auto* markers = encoder_->markers.as<Dict>();
  if (TRY(dict_contains(vm_, markers, id))) return vm_.raise(E::ValueError, "Circular reference detected");
  TRY(dict_set(vm_, markers, id, v));
  *mark = id;
  return {};
}

Status Writer::leave(Value mark) {
  if (mark.is_unset()) return {};
  Value was = TRY(dict_pop(vm_, encoder_->markers.as<Dict>(), mark));
  if (was.is_exhausted()) return vm_.raise_key_error(mark);
  return {};
}

Status Writer::new_line(int64_t level) {
  if (encoder_->indent.is_none()) return {};
  TRY(out_.append('\n'));
  for (int64_t i = 0; i < level; ++i) {
    POLL_EVERY_1024(vm_, i);
    TRY(out_.append(as_str(encoder_->indent)));
  }
  return {};
}

Status Writer::string(Value v) {
  if (encoder_->strings != Strings::kCall)
    return append_string(vm_, out_, as_str(v), encoder_->strings == Strings::kAscii);
  Value text = TRY(call1(vm_, encoder_->encoder, v));
  if (!is_str(text)) return vm_.raise(E::TypeError, "encoder() must return a string, not {}", type_name_of(text));
  return out_.append(as_str(text));
}

Status Writer::floating(double x) {
  if (std::isfinite(x)) {
    char text[kReprDoubleMax];
    return out_.append_ascii({text, repr_double(x, text)});
  }
  if (!encoder_->allow_nan) {
    Value shown = TRY(float_from(vm_, x));
    return vm_.raise(E::ValueError, "Out of range float values are not JSON compliant: {}", repr_of(shown));
  }
  return out_.append_ascii(std::isnan(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity");
}

Status Writer::value(Value v, int64_t level) {
  if (is_str(v)) return string(v);
  if (v.is_none()) return out_.append_ascii("null");
  if (v.is_bool()) return out_.append_ascii(v.is(Value::true_()) ? "true" : "false");
  if (is_int(v)) {  // also of a subclass, whatever its own repr says
    Value text = TRY(int_to_str(vm_, v));
    return out_.append(as_str(text));
  }
  if (is_float(v)) return floating(float_value(v));
  TRY(vm_.check_stack(kRecursion));
  if (is_list(v) || is_tuple(v)) return sequence(v, level);
  if (is_dict(v)) return dict(v, level);
  return by_default(v, level);
}

Status Writer::by_default(Value v, int64_t level) {
  Value mark;
  TRY(enter(v, &mark));
  Value other = TRY(call1(vm_, encoder_->default_, v));
  if (!value(other, level).ok()) return noted("when serializing {} object", type_name_of(v));
  return leave(mark);
}

Status Writer::sequence(Value v, int64_t level) {
  auto length_now = [&] { return is_list(v) ? v.as<List>()->length : v.as<Tuple>()->length; };
  if (length_now() == 0) return out_.append_ascii("[]");
  Value mark;
  TRY(enter(v, &mark));
  TRY(out_.append('['));
  TRY(new_line(level + 1));
  for (uint64_t i = 0; i < length_now(); ++i) {
    TRY(vm_.poll());
    if (i > 0) {
      TRY(separator());
      TRY(new_line(level + 1));
    }
    Value item = is_list(v) ? v.as<List>()->items()[i] : v.as<Tuple>()->items[i];
    if (!value(item, level + 1).ok()) return noted("when serializing {} item {}", type_name_of(v), i);
  }
  TRY(new_line(level));
  TRY(out_.append(']'));
  return leave(mark);
}

Status Writer::entry(Value key, Value v, bool& first, Value container, int64_t level) {
  TRY(vm_.poll());
  bool is_simple = key.is_none() || key.is_bool() || is_int(key) || is_float(key);
  if (!is_str(key) && !is_simple) {
    if (encoder_->skipkeys.is(Value::true_())) return {};
    return vm_.raise(E::TypeError, "keys must be str, int, float, bool or None, not {}", type_name_of(key));
  }
  if (!first) TRY(separator());
  first = false;
  TRY(new_line(level + 1));
  if (is_str(key)) {
    TRY(string(key));
  } else {
    // A string of its text: the encoder sees it too.
    Writer text(vm_, encoder_);
    TRY(text.value(key, 0));
    TRY(string(TRY(text.finish())));
  }
  TRY(out_.append(as_str(encoder_->key_separator)));
  if (!value(v, level + 1).ok()) return noted("when serializing {} item {}", type_name_of(container), repr_of(key));
  return {};
}

Status Writer::dict(Value v, int64_t level) {
  auto* d = v.as<Dict>();
  if (d->used == 0) return out_.append_ascii("{}");
  Value mark;
  TRY(enter(v, &mark));
  TRY(out_.append('{'));
  bool first = true;
  bool sorted = encoder_->sort_keys.is(Value::true_());
  if (sorted || !is_exact(vm_, v, vm_.types.dict)) {
    Value items = TRY(call_method(vm_, v, TRY(vm_.intern("items"))));
    items = TRY(list_from(vm_, items));
    if (sorted) TRY(list_sort(vm_, items.as<List>(), Value(), false));
    for (uint64_t i = 0; i < items.as<List>()->length; ++i) {
      Value item = items.as<List>()->items()[i];
      if (!is_tuple(item) || item.as<Tuple>()->length != 2)
        return vm_.raise(E::ValueError, "items must return 2-tuples");
      TRY(entry(item.as<Tuple>()->items[0], item.as<Tuple>()->items[1], first, v, level));
    }
  } else {
    uint32_t i = 0;
    while (DictEntry* e = dict_next(d, i)) TRY(entry(e->key, e->value, first, v, level));
  }
  if (!first) TRY(new_line(level));
  TRY(out_.append('}'));
  return leave(mark);
}

/// Slots: cls, then the parameters.
Value encoder_new(Vm& vm, Args a) {
  if (!a[1].is_none() && !is_dict(a[1]))
    return vm.raise(E::TypeError, "make_encoder() argument 1 must be dict or None, not {}", type_name_of(a[1]));
  for (size_t i : {5, 6}) {
    if (!is_str(a[i]))
      return vm.raise(E::TypeError, "make_encoder() argument {} must be str, not {}", i, argument_type(a[i]));
  }
  if (!a[4].is_none() && !is_str(a[4]))
    return vm.raise(E::TypeError, "make_encoder() argument 4 must be str or None, not {}", type_name_of(a[4]));
  Value sort_keys = Value::boolean(TRY(truthy(vm, a[7])));
  Value skip_keys = Value::boolean(TRY(truthy(vm, a[8])));
  bool allow_nan = TRY(truthy(vm, a[9]));
  auto* e = TRY(vm.new_instance<Encoder>(a[0].as<Type>()));
  e->markers = a[1];
  e->default_ = a[2];
  e->encoder = a[3];
  e->indent = a[4];
  e->key_separator = a[5];
  e->item_separator = a[6];
  e->sort_keys = sort_keys;
  e->skipkeys = skip_keys;
  e->allow_nan = allow_nan;
  e->strings = Strings::kCall;
  if (is_kind(a[3], Kind::NativeFunction)) {
    NativeFn fn = a[3].as<NativeFunction>()->fn;
    if (fn == encode_string) e->strings = Strings::kPlain;
    if (fn == encode_string_ascii) e->strings = Strings::kAscii;
  }
  return e;
}

/// Slots: self, obj, _current_indent_level.
Value encoder_call(Vm& vm, Args a) {
  int64_t level = TRY(quick_index(vm, a[2], E::OverflowError));
  Writer writer(vm, a[0].as<Encoder>());
  TRY(writer.value(a[1], std::max<int64_t>(level, 0)));
  Value text = TRY(writer.finish());
  return tuple_of(vm, text);
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
     encoder_new, kNewMethod},
    {"__call__($self, obj, _current_indent_level)", encoder_call, 0, "Call self as a function."},
};
constexpr MemberRow kMembers[] = {
    {"markers", offsetof(Encoder, markers), MemberRow::kReadOnly, "markers"},
    {"default", offsetof(Encoder, default_), MemberRow::kReadOnly, "default"},
    {"encoder", offsetof(Encoder, encoder), MemberRow::kReadOnly, "encoder"},
    {"indent", offsetof(Encoder, indent), MemberRow::kReadOnly, "indent"},
    {"key_separator", offsetof(Encoder, key_separator), MemberRow::kReadOnly, "key_separator"},
    {"item_separator", offsetof(Encoder, item_separator), MemberRow::kReadOnly, "item_separator"},
    {"sort_keys", offsetof(Encoder, sort_keys), MemberRow::kReadOnly, "sort_keys"},
    {"skipkeys", offsetof(Encoder, skipkeys), MemberRow::kReadOnly, "skipkeys"},
};
constinit const TypeSpec kEncoderType{
    .name = "_json.Encoder",
    .doc = "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::JsonEncoder),
    .size = sizeof(Encoder),
    .flags = kTypeBase,
    .methods = kMethods,
    .members = kMembers,
    .trace = trace_encoder,
};

}  // namespace

Status add_encoder(Vm& vm, Module* m) {
  Type* type = TRY(make_type(vm, kEncoderType));
  return module_add(vm, m, "make_encoder", type);
}

}  // namespace krait::json

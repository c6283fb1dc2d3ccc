// _io.BytesIO and _io.StringIO: streams in memory.
#include <cstring>
#include <string>

#include "modules/io_module.hpp"
#include "modules/io_newlines.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/text_args.hpp"
#include "objects/shape.hpp"

namespace krait::io {
namespace {

// ---------------------------------------------------------------------------------------------- BytesIO
struct BytesIO : Object {
  Storage* data;
  int64_t length, position;
  uint32_t exports;
  bool closed;
};
BytesIO* bytes_of(Value v) { return v.as<BytesIO>(); }
void trace_bytes(Heap&, Cell* cell, Marker& marker) { marker.mark_cell(static_cast<BytesIO*>(cell)->data); }

Status check(Vm& vm, BytesIO* b) {
  if (b->closed) return closed_error(vm);
  return {};
}
Status check_resizable(Vm& vm, BytesIO* b) {
  if (b->exports != 0) buffer_drop_dead_exports(vm, b);
  if (b->exports != 0) return vm.raise(E::BufferError, "Existing exports of data: object cannot be re-sized");
  return {};
}
/// Room for `size` bytes; what lies between the old length and it reads as zero.
Status reserve(Vm& vm, BytesIO* b, int64_t size) {
  int64_t room = b->data == nullptr ? 0 : static_cast<int64_t>(b->data->capacity);
  if (size <= room) return {};
  int64_t wanted = size < room + (room >> 3) + 32 ? room + (room >> 3) + 32 : size;
  b->data = b->data == nullptr ? TRY(vm.allocate_storage(static_cast<size_t>(wanted)))
                               : TRY(vm.resize_storage(b->data, static_cast<size_t>(wanted)));
  vm.barrier(b);
  return {};
}
Status put(Vm& vm, BytesIO* b, const uint8_t* from, int64_t n) {
  if (n == 0) return {};
  if (b->position > INT64_MAX - n) return vm.raise(E::OverflowError, "new position too large");
  TRY(check_resizable(vm, b));
  TRY(reserve(vm, b, b->position + n));
  uint8_t* data = b->data->data<uint8_t>();
  if (b->position > b->length) std::memset(data + b->length, 0, static_cast<size_t>(b->position - b->length));
  std::memcpy(data + b->position, from, static_cast<size_t>(n));
  b->position += n;
  if (b->position > b->length) b->length = b->position;
  return {};
}
/// The next n bytes (all that are left if n < 0).
std::span<const uint8_t> take(BytesIO* b, int64_t n) {
  int64_t left = b->position < b->length ? b->length - b->position : 0;
  if (n < 0 || n > left) n = left;
  if (n == 0) return {};
  const uint8_t* p = b->data->data<uint8_t>() + b->position;
  b->position += n;
  return {p, static_cast<size_t>(n)};
}
int64_t line_length(BytesIO* b, int64_t limit) {
  int64_t left = b->position < b->length ? b->length - b->position : 0;
  if (limit >= 0 && limit < left) left = limit;
  if (left == 0) return 0;
  const uint8_t* p = b->data->data<uint8_t>() + b->position;
  const void* end = std::memchr(p, '\n', static_cast<size_t>(left));
  return end == nullptr ? left : static_cast<const uint8_t*>(end) - p + 1;
}

Value bytesio_construct(Vm& vm, Args a) { return vm.new_instance<BytesIO>(a[0].as<Type>()); }
Value bytesio_init(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check_resizable(vm, b));
  b->length = b->position = 0;
  if (a.has(1) && !a[1].is_none()) {
    ScopedBuffer from(vm);
    TRY(from.acquire(a[1]));
    TRY(put(vm, b, from.get().data, from.get().length));
    b->position = 0;
  }
  return Value::none();
}
Value bytesio_true(Vm& vm, Args a) {
  TRY(check(vm, bytes_of(a[0])));
  return Value::true_();
}
Value bytesio_false(Vm& vm, Args a) {
  TRY(check(vm, bytes_of(a[0])));
  return Value::false_();
}
Value bytesio_none(Vm& vm, Args a) {
  TRY(check(vm, bytes_of(a[0])));
  return Value::none();
}
Value bytesio_close(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check_resizable(vm, b));
  b->closed = true;
  b->data = nullptr;
  b->length = b->position = 0;
  return Value::none();
}
Value bytesio_read(Vm& vm, Args a) {
  TRY(check(vm, bytes_of(a[0])));
  int64_t n = TRY(size_argument(vm, a[1]));
  return bytes_from(vm, take(bytes_of(a[0]), n));
}
Value bytesio_readinto(Vm& vm, Args a) {
  TRY(check(vm, bytes_of(a[0])));
  ScopedBuffer into(vm);
  TRY(into.acquire_writable(a[1], "readinto() argument"));
  std::span<const uint8_t> data = take(bytes_of(a[0]), into.get().length);
  if (!data.empty()) std::memmove(into.get().data, data.data(), data.size());
  return Value::small_int(static_cast<int64_t>(data.size()));
}
Value bytesio_readline(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check(vm, b));
  int64_t limit = TRY(size_argument(vm, a[1]));
  return bytes_from(vm, take(b, line_length(b, limit)));
}
Value bytesio_readlines(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check(vm, b));
  int64_t hint = TRY(size_argument(vm, a[1]));
  List* lines = TRY(list_new(vm));
  int64_t total = 0;
  while (int64_t n = line_length(b, -1)) {
    TRY(vm.poll());
    Bytes* line = TRY(bytes_from(vm, take(b, n)));
    TRY(list_append(vm, lines, line));
    total += n;
    if (hint > 0 && total >= hint) break;
  }
  return lines;
}
Value bytesio_next(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check(vm, b));
  int64_t n = line_length(b, -1);
  if (n == 0) return Value::exhausted();
  return bytes_from(vm, take(b, n));
}
Value bytesio_write(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check(vm, b));
  ScopedBuffer from(vm);
  TRY(from.acquire(a[1]));
  if (b->closed) return closed_error(vm);
  TRY(put(vm, b, from.get().data, from.get().length));
  return int_from(vm, from.get().length);
}
Value bytesio_seek(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check(vm, b));
  int64_t offset = TRY(ssize_argument(vm, a[1]));
  int64_t whence = a.has(2) ? TRY(ssize_argument(vm, a[2])) : 0;
  if (whence == 0) {
    if (offset < 0) return vm.raise(E::ValueError, "negative seek value {}", offset);
  } else if (whence == 1 || whence == 2) {
    int64_t base = whence == 1 ? b->position : b->length;
    if (offset > INT64_MAX - base) return vm.raise(E::OverflowError, "new position too large");
    offset += base;
    if (offset < 0) offset = 0;
  } else {
    return vm.raise(E::ValueError, "invalid whence ({}, should be 0, 1 or 2)", whence);
  }
  b->position = offset;
  return int_from(vm, offset);
}
Value bytesio_tell(Vm& vm, Args a) {
  TRY(check(vm, bytes_of(a[0])));
  return int_from(vm, bytes_of(a[0])->position);
}
Value bytesio_truncate(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check(vm, b));
  TRY(check_resizable(vm, b));
  int64_t size = TRY(size_argument(vm, a[1], b->position));
  if (size < 0) return vm.raise(E::ValueError, "negative size value {}", size);
  if (size < b->length) b->length = size;
  return int_from(vm, size);
}
Value bytesio_getvalue(Vm& vm, Args a) {
  BytesIO* b = bytes_of(a[0]);
  TRY(check(vm, b));
  if (b->length == 0) return bytes_from(vm, std::string_view());
  return bytes_from(vm, std::span<const uint8_t>(b->data->data<uint8_t>(), static_cast<size_t>(b->length)));
}
Value bytesio_getbuffer(Vm& vm, Args a) {
  TRY(check(vm, bytes_of(a[0])));
  return call1(vm, vm.types.memoryview, a[0]);
}
Value bytesio_getstate(Vm& vm, Args a) {
  Value content = bytesio_getvalue(vm, a);
  if (content.is_error()) return content;
  Value dict = Value::none();
  if (has_attributes(vm, a[0].cell())) dict = TRY(dict_copy(vm, TRY(instance_dict(vm, a[0].cell()))));
  return tuple_of(vm, content, int_from(vm, bytes_of(a[0])->position), dict);
}
Value bytesio_setstate(Vm& vm, Args a) {
  if (!is_tuple(a[1]) || a[1].as<Tuple>()->length < 3)
    return vm.raise(E::TypeError, "{}.__setstate__ argument should be 3-tuple, got {}", vm.type_of(a[0])->name,
                    type_name_of(a[1]));
  Tuple* t = a[1].as<Tuple>();
  Value init_args[] = {a[0], t->items[0]};
  TRY(bytesio_init(vm, {init_args, 2}));
  int64_t position = TRY(index_checked(vm, t->items[1], E::OverflowError));
  if (position < 0) return vm.raise(E::ValueError, "position value cannot be negative");
  bytes_of(a[0])->position = position;
  if (is_dict(t->items[2])) TRY(dict_update(vm, TRY(instance_dict(vm, a[0].cell())), t->items[2]));
  return Value::none();
}
Value bytesio_closed(Vm&, Value v) { return Value::boolean(bytes_of(v)->closed); }

const NativeRow kBytesIOMethods[] = {
    {"__new__($type, /, *args, **kwargs)", bytesio_construct, kNewMethod | kStaticMethod},
    {"__init__($self, initial_bytes=b'')", bytesio_init},
    {"readable($self, /)", bytesio_true},
    {"writable($self, /)", bytesio_true},
    {"seekable($self, /)", bytesio_true},
    {"isatty($self, /)", bytesio_false},
    {"flush($self, /)", bytesio_none},
    {"close($self, /)", bytesio_close},
    {"read($self, size=-1, /)", bytesio_read},
    {"read1($self, size=-1, /)", bytesio_read},
    {"readinto($self, buffer, /)", bytesio_readinto},
    {"readline($self, size=-1, /)", bytesio_readline},
    {"readlines($self, size=None, /)", bytesio_readlines},
    {"__next__($self, /)", bytesio_next, kIterNext},
    {"write($self, b, /)", bytesio_write},
    {"seek($self, pos, whence=0, /)", bytesio_seek},
    {"tell($self, /)", bytesio_tell},
    {"truncate($self, size=None, /)", bytesio_truncate},
    {"getvalue($self, /)", bytesio_getvalue},
    {"getbuffer($self, /)", bytesio_getbuffer},
    {"__getstate__($self, /)", bytesio_getstate},
    {"__setstate__($self, state, /)", bytesio_setstate},
};
const GetSetRow kBytesIOAttributes[] = {{"closed", bytesio_closed}};
const TypeSpec kBytesIO{.name = "_io.BytesIO",
                        .doc = "Buffered I/O implementation using an in-memory bytes buffer.",
                        .signature = "(initial_bytes=b'')",
                        .kind = static_cast<CellKind>(Kind::BytesIO),
                        .size = sizeof(BytesIO),
                        .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
                        .methods = kBytesIOMethods,
                        .getsets = kBytesIOAttributes,
                        .trace = trace_bytes};

Status export_bytesio(Vm& vm, Value v, Buffer& out, uint32_t) {
  BytesIO* b = bytes_of(v);
  TRY(check(vm, b));
  TRY(reserve(vm, b, 1));
  ++b->exports;
  buffer_fill(out, v, b->data->data<uint8_t>(), static_cast<uint64_t>(b->length), false);
  return {};
}
void release_bytesio(Vm&, Buffer& b) { --bytes_of(b.object)->exports; }

// ---------------------------------------------------------------------------------------------- StringIO
struct StringIO : Object {
  Storage* data;  ///< char32_t[]
  int64_t length, position;
  Newlines newlines;
  bool ready, closed;
};
StringIO* string_of(Value v) { return v.as<StringIO>(); }
void trace_string(Heap&, Cell* cell, Marker& marker) { marker.mark_cell(static_cast<StringIO*>(cell)->data); }
Status check(Vm& vm, StringIO* s) {
  if (!s->ready) return vm.raise(E::ValueError, "I/O operation on uninitialized object");
  if (s->closed) return vm.raise(E::ValueError, "I/O operation on closed file");  // without a full stop, in CPython too
  return {};
}
char32_t* chars(StringIO* s) { return s->data->data<char32_t>(); }

Status put_string(Vm& vm, StringIO* s, Str* text) {
  Str* t = TRY(s->newlines.translate_for_reading_in_memory(vm, text));
  t = TRY(s->newlines.translate_for_writing(vm, t));
  int64_t n = static_cast<int64_t>(t->length);
  if (n == 0) return {};
  if (s->position > static_cast<int64_t>(kMaxStrLength) - n)
    return vm.raise(E::OverflowError, "new position too large");
  size_t bytes = static_cast<size_t>(s->position + n) * 4;
  size_t room = s->data == nullptr ? 0 : s->data->capacity;
  if (bytes > room) {
    size_t wanted = bytes < room + (room >> 2) + 64 ? room + (room >> 2) + 64 : bytes;
    s->data = s->data == nullptr ? TRY(vm.allocate_storage(wanted)) : TRY(vm.resize_storage(s->data, wanted));
    vm.barrier(s);
  }
  for (int64_t i = s->length; i < s->position; ++i) chars(s)[i] = 0;
  for (int64_t i = 0; i < n; ++i) chars(s)[s->position + i] = t->at(static_cast<uint64_t>(i));
  s->position += n;
  if (s->position > s->length) s->length = s->position;
  return {};
}
Value slice_text(Vm& vm, StringIO* s, int64_t n) {
  int64_t left = s->position < s->length ? s->length - s->position : 0;
  if (n < 0 || n > left) n = left;
  if (n == 0) return vm.names.empty;
  Value text = str_from_ucs4(vm, {chars(s) + s->position, static_cast<size_t>(n)});
  s->position += n;
  return text;
}
int64_t line_length(StringIO* s, int64_t limit) {
  int64_t left = s->position < s->length ? s->length - s->position : 0;
  if (left == 0) return 0;
  int64_t n = s->newlines.line_end(chars(s) + s->position, left);
  if (n < 0) n = left;
  return limit >= 0 && n > limit ? limit : n;
}

Value stringio_construct(Vm& vm, Args a) { return vm.new_instance<StringIO>(a[0].as<Type>()); }
Value stringio_init(Vm& vm, Args a) {
  StringIO* s = string_of(a[0]);
  s->ready = false;
  Value newline = a.get(2, vm.latin1_chars['\n']);
  if (!newline.is_none() && !is_str(newline))
    return vm.raise(E::TypeError, "newline must be str or None, not {}", type_name_of(newline));
  TRY(s->newlines.set(vm, newline));
  Value initial = a.get(1, Value::none());
  if (!initial.is_none() && !is_str(initial))
    return vm.raise(E::TypeError, "initial_value must be str or None, not {}", type_name_of(initial));
  s->length = s->position = 0;
  s->closed = false;
  s->ready = true;
  if (is_str(initial)) TRY(put_string(vm, s, as_str(initial)));
  s->position = 0;
  return Value::none();
}
Value stringio_true(Vm& vm, Args a) {
  TRY(check(vm, string_of(a[0])));
  return Value::true_();
}
Value stringio_close(Vm&, Args a) {
  StringIO* s = string_of(a[0]);
  s->closed = true;
  s->data = nullptr;
  s->length = s->position = 0;
  return Value::none();
}
Value stringio_read(Vm& vm, Args a) {
  TRY(check(vm, string_of(a[0])));
  int64_t n = TRY(size_argument(vm, a[1]));
  return slice_text(vm, string_of(a[0]), n);
}
Value stringio_readline(Vm& vm, Args a) {
  StringIO* s = string_of(a[0]);
  TRY(check(vm, s));
  int64_t limit = TRY(size_argument(vm, a[1]));
  return slice_text(vm, s, line_length(s, limit));
}
Value stringio_next(Vm& vm, Args a) {
  StringIO* s = string_of(a[0]);
  TRY(check(vm, s));
  int64_t n = line_length(s, -1);
  if (n == 0) return Value::exhausted();
  return slice_text(vm, s, n);
}
Value stringio_write(Vm& vm, Args a) {
  StringIO* s = string_of(a[0]);
  TRY(check(vm, s));
  if (!is_str(a[1])) return vm.raise(E::TypeError, "string argument expected, got '{}'", type_name_of(a[1]));
  TRY(put_string(vm, s, as_str(a[1])));
  return int_from_u64(vm, as_str(a[1])->length);
}
Value stringio_seek(Vm& vm, Args a) {
  StringIO* s = string_of(a[0]);
  TRY(check(vm, s));
  int64_t offset = TRY(ssize_argument(vm, a[1]));
  int64_t whence = a.has(2) ? TRY(ssize_argument(vm, a[2])) : 0;
  if (whence < 0 || whence > 2) return vm.raise(E::ValueError, "Invalid whence ({}, should be 0, 1 or 2)", whence);
  if (offset < 0 && whence == 0) return vm.raise(E::ValueError, "Negative seek position {}", offset);
  if (whence != 0 && offset != 0) return vm.raise(E::OSError, "Can't do nonzero cur-relative seeks");
  if (whence == 1) offset = s->position;
  if (whence == 2) offset = s->length;
  s->position = offset;
  return int_from(vm, offset);
}
Value stringio_tell(Vm& vm, Args a) {
  TRY(check(vm, string_of(a[0])));
  return int_from(vm, string_of(a[0])->position);
}
Value stringio_truncate(Vm& vm, Args a) {
  StringIO* s = string_of(a[0]);
  TRY(check(vm, s));
  int64_t size = TRY(size_argument(vm, a[1], s->position));
  if (size < 0) return vm.raise(E::ValueError, "Negative size value {}", size);
  if (size < s->length) s->length = size;
  return int_from(vm, size);
}
Value stringio_getvalue(Vm& vm, Args a) {
  StringIO* s = string_of(a[0]);
  TRY(check(vm, s));
  if (s->length == 0) return vm.names.empty;
  return str_from_ucs4(vm, {chars(s), static_cast<size_t>(s->length)});
}
Value stringio_getstate(Vm& vm, Args a) {
  Value content = stringio_getvalue(vm, a);
  if (content.is_error()) return content;
  Value newline = string_of(a[0])->newlines.argument(vm);
  Value dict = Value::none();
  if (has_attributes(vm, a[0].cell())) dict = TRY(dict_copy(vm, TRY(instance_dict(vm, a[0].cell()))));
  return tuple_of(vm, content, newline, int_from(vm, string_of(a[0])->position), dict);
}
Value stringio_setstate(Vm& vm, Args a) {
  if (!is_tuple(a[1]) || a[1].as<Tuple>()->length < 4)
    return vm.raise(E::TypeError, "{}.__setstate__ argument should be 4-tuple, got {}", vm.type_of(a[0])->name,
                    type_name_of(a[1]));
  Tuple* t = a[1].as<Tuple>();
  Value none_args[] = {a[0], Value(vm.names.empty), t->items[1]};
  TRY(stringio_init(vm, {none_args, 3}));
  if (is_str(t->items[0])) {
    // The value was translated already.
    Newlines keep = string_of(a[0])->newlines;
    TRY(string_of(a[0])->newlines.set(vm, vm.names.empty));
    TRY(put_string(vm, string_of(a[0]), as_str(t->items[0])));
    string_of(a[0])->newlines = keep;
  }
  int64_t position = TRY(index_checked(vm, t->items[2], E::OverflowError));
  if (position < 0) return vm.raise(E::ValueError, "position value cannot be negative");
  string_of(a[0])->position = position;
  if (is_dict(t->items[3])) TRY(dict_update(vm, TRY(instance_dict(vm, a[0].cell())), t->items[3]));
  return Value::none();
}
Value stringio_closed(Vm&, Value v) { return Value::boolean(string_of(v)->closed); }
Value stringio_line_buffering(Vm& vm, Value v) {
  TRY(check(vm, string_of(v)));
  return Value::false_();
}
Value stringio_newlines(Vm& vm, Value v) {
  TRY(check(vm, string_of(v)));
  return string_of(v)->newlines.seen(vm);
}

const NativeRow kStringIOMethods[] = {
    {"__new__($type, /, *args, **kwargs)", stringio_construct, kNewMethod | kStaticMethod},
    {"__init__($self, initial_value='', newline='\\n')", stringio_init},
    {"readable($self, /)", stringio_true},
    {"writable($self, /)", stringio_true},
    {"seekable($self, /)", stringio_true},
    {"close($self, /)", stringio_close},
    {"read($self, size=-1, /)", stringio_read},
    {"readline($self, size=-1, /)", stringio_readline},
    {"__next__($self, /)", stringio_next, kIterNext},
    {"write($self, s, /)", stringio_write},
    {"seek($self, pos, whence=0, /)", stringio_seek},
    {"tell($self, /)", stringio_tell},
    {"truncate($self, pos=None, /)", stringio_truncate},
    {"getvalue($self, /)", stringio_getvalue},
    {"__getstate__($self, /)", stringio_getstate},
    {"__setstate__($self, state, /)", stringio_setstate},
};
const GetSetRow kStringIOAttributes[] = {
    {"closed", stringio_closed}, {"line_buffering", stringio_line_buffering}, {"newlines", stringio_newlines}};
const TypeSpec kStringIO{.name = "_io.StringIO",
                         .doc = "Text I/O implementation using an in-memory buffer.",
                         .signature = "(initial_value='', newline='\\n')",
                         .kind = static_cast<CellKind>(Kind::StringIO),
                         .size = sizeof(StringIO),
                         .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
                         .methods = kStringIOMethods,
                         .getsets = kStringIOAttributes,
                         .trace = trace_string};

}  // namespace

Status make_memory(Vm& vm, Module* m) {
  State& s = state(vm);
  s.bytesio = TRY(module_add_type(vm, m, kBytesIO, s.bufferedbase));
  set_buffer_exporter(vm, Kind::BytesIO, {export_bytesio, release_bytesio});
  s.stringio = TRY(module_add_type(vm, m, kStringIO, s.textbase));
  return {};
}

}  // namespace krait::io

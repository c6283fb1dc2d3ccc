// _io.BufferedReader, BufferedWriter, BufferedRandom and BufferedRWPair.
//
// One object holds either bytes read ahead ([position, end) of the buffer, the raw stream standing behind `end`) or bytes to be
// written ([0, end), the raw stream standing before them); never both: going from one to the other flushes or seeks.
#include <algorithm>
#include <cstring>

#include "interp/object_lock.hpp"
#include "modules/io_module.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

namespace krait::io {
namespace {

struct Buffered : Object {
  Value raw;
  Storage* buffer;
  int64_t size;
  int64_t position, end;  ///< bytes read ahead
  int64_t dirty;          ///< bytes to be written
  bool ready, detached, readable, writable;
  ObjectLock lock;
};
Buffered* self_of(Value v) { return v.as<Buffered>(); }
void trace_buffered(Heap&, Cell* cell, Marker& marker) {
  marker.mark(static_cast<Buffered*>(cell)->raw);
  marker.mark_cell(static_cast<Buffered*>(cell)->buffer);
}
uint8_t* bytes_of(Buffered* b) { return b->buffer->data<uint8_t>(); }

Status check_ready(Vm& vm, Buffered* b) {
  if (b->ready) return {};
  if (b->detached) return vm.raise(E::ValueError, "raw stream has been detached");
  return vm.raise(E::ValueError, "I/O operation on uninitialized object");
}
Result<bool> raw_closed(Vm& vm, Buffered* b) {
  if (b->raw.is_cell() && vm.type_of(b->raw) == state(vm).fileio) return !is_plain_file(vm, b->raw);
  return is_closed(vm, b->raw);
}
Status check_open(Vm& vm, Buffered* b, const char* what) {
  TRY(check_ready(vm, b));
  if (TRY(raw_closed(vm, b))) return vm.raise(E::ValueError, "{}", what);
  return {};
}
/// The lock of a buffer: a raw stream or a signal's handler that calls back must not find it half changed.
struct Busy : ObjectLockHolder {
  Busy(Vm& vm, Buffered* b) : ObjectLockHolder(vm, b->lock, b) {}
};

/// Reads into memory from the raw stream: 0 at the end, -1 if it would block.
Result<int64_t> raw_readinto(Vm& vm, Buffered* b, uint8_t* data, int64_t n) {
  if (n == 0) return int64_t{0};
  if (is_plain_file(vm, b->raw)) return file_read(vm, b->raw, data, n);
  Value room = TRY(bytearray_from(vm, {}));
  TRY(bytearray_resize(vm, room.as<ByteArray>(), static_cast<uint64_t>(n)));
  Value view = call1(vm, vm.types.memoryview, room);
  if (view.is_error()) return Error{};
  Value got = call_name(vm, b->raw, "readinto", view);
  if (got.is_error()) return Error{};
  if (got.is_none()) return int64_t{-1};
  Result<int64_t> number = index_checked(vm, got, E::ValueError);
  if (number.is_error()) {
    if (exception_is_uncatchable(vm, vm.t.pending)) return Error{};
    Value cause = vm.take_pending();
    (void)vm.raise(E::OSError, "raw readinto() failed");
    Value failure = vm.take_pending();
    TRY(exception_set_cause(vm, failure, cause));
    TRY(exception_set_context(vm, failure, cause));
    vm.t.pending = failure;
    return Error{};
  }
  int64_t count = number.release();
  if (count < 0 || count > n)
    return vm.raise(E::OSError, "raw readinto() returned invalid length {} (should have been between 0 and {})", count,
                    n);
  ByteArray* array = room.as<ByteArray>();
  if (static_cast<int64_t>(array->length) < count) return vm.raise(E::OSError, "raw readinto() changed the buffer");
  if (count != 0) std::memcpy(data, array->data(), static_cast<size_t>(count));
  return count;
}
/// Bytes taken by the raw stream; -1 if it would block.
Result<int64_t> raw_write(Vm& vm, Buffered* b, const uint8_t* data, int64_t n) {
  if (is_plain_file(vm, b->raw)) return file_write(vm, b->raw, data, n);
  Bytes* copy = TRY(bytes_from(vm, std::span<const uint8_t>(data, static_cast<size_t>(n))));
  Value view = call1(vm, vm.types.memoryview, copy);
  if (view.is_error()) return Error{};
  Value put = call_name(vm, b->raw, "write", view);
  if (put.is_error()) return Error{};
  if (put.is_none()) return int64_t{-1};
  int64_t count = TRY(index_checked(vm, put, E::OSError));
  if (count < 0 || count > n)
    return vm.raise(E::OSError, "raw write() returned invalid length {} (should have been between 0 and {})", count, n);
  return count;
}
Result<int64_t> raw_seek(Vm& vm, Buffered* b, int64_t offset, int64_t whence) {
  Value args[] = {int_from(vm, offset), Value::small_int(whence)};
  return offset_from(vm, call_name(vm, b->raw, "seek", args));
}

[[gnu::cold]] Error would_block(Vm& vm, int64_t written) {
  Value args[] = {Value::small_int(11 /* EAGAIN */), TRY(vm.intern("write could not complete without blocking")),
                  Value::small_int(written)};
  Value e = call(vm, vm.exception_type(E::BlockingIOError), args);
  if (e.is_error()) return Error{};
  return vm.raise_value(e);
}

/// Writes out what is dirty.
Status flush_dirty(Vm& vm, Buffered* b) {
  int64_t done = 0;
  Status status;
  while (done < b->dirty) {
    Result<int64_t> n = raw_write(vm, b, bytes_of(b) + done, b->dirty - done);
    if (n.is_error()) {
      status = Error{};
      break;
    }
    int64_t count = n.release();
    if (count < 0) {
      status = would_block(vm, 0);
      break;
    }
    done += count;
    if (done < b->dirty && vm.poll().is_error()) {
      status = Error{};
      break;
    }
  }
  if (done > 0) {
    std::memmove(bytes_of(b), bytes_of(b) + done, static_cast<size_t>(b->dirty - done));
    b->dirty -= done;
  }
  return status;
}
/// Gives bytes read ahead back: the raw stream stands where the user thinks it does.
Status drop_ahead(Vm& vm, Buffered* b) {
  int64_t ahead = b->end - b->position;
  b->position = b->end = 0;
  if (ahead != 0) TRY(raw_seek(vm, b, -ahead, 1));
  return {};
}

Value buffered_construct(Vm& vm, Args a) { return vm.new_instance<Buffered>(a[0].as<Type>()); }

Status init(Vm& vm, Buffered* b, Value raw, Value size, bool readable, bool writable) {
  b->ready = b->detached = false;
  int64_t n = size.is_unset() ? kDefaultBufferSize : TRY(index_checked(vm, size, E::OverflowError));
  if (n <= 0) return vm.raise(E::ValueError, "buffer size must be strictly positive");
  b->buffer = TRY(vm.allocate_storage(static_cast<size_t>(n)));
  b->raw = raw;
  b->size = n;
  b->position = b->end = b->dirty = 0;
  b->readable = readable;
  b->writable = writable;
  b->ready = true;
  vm.barrier(b);
  return {};
}
Value reader_init(Vm& vm, Args a) {
  self_of(a[0])->ready = false;
  if (!TRY(ask(vm, a[1], "readable"))) return vm.raise(state(vm).unsupported, "File or stream is not readable.");
  TRY(init(vm, self_of(a[0]), a[1], a[2], true, false));
  return Value::none();
}
Value writer_init(Vm& vm, Args a) {
  self_of(a[0])->ready = false;
  if (!TRY(ask(vm, a[1], "writable"))) return vm.raise(state(vm).unsupported, "File or stream is not writable.");
  TRY(init(vm, self_of(a[0]), a[1], a[2], false, true));
  return Value::none();
}
Value random_init(Vm& vm, Args a) {
  self_of(a[0])->ready = false;
  if (!TRY(ask(vm, a[1], "seekable"))) return vm.raise(state(vm).unsupported, "File or stream is not seekable.");
  if (!TRY(ask(vm, a[1], "readable"))) return vm.raise(state(vm).unsupported, "File or stream is not readable.");
  if (!TRY(ask(vm, a[1], "writable"))) return vm.raise(state(vm).unsupported, "File or stream is not writable.");
  TRY(init(vm, self_of(a[0]), a[1], a[2], true, true));
  return Value::none();
}

// --- reading
/// Fills the empty buffer; the count, 0 at the end, -1 would block.
Result<int64_t> fill(Vm& vm, Buffered* b) {
  b->position = b->end = 0;
  int64_t n = TRY(raw_readinto(vm, b, bytes_of(b), b->size));
  if (n > 0) b->end = n;
  return n;
}
Status ready_to_read(Vm& vm, Buffered* b) {
  TRY(check_open(vm, b, "read of closed file"));
  if (b->dirty != 0) TRY(flush_dirty(vm, b));
  return {};
}
Value read_all(Vm& vm, Buffered* b) {
  StorageBytes out(vm);
  if (b->end > b->position) TRY(out.append(bytes_of(b) + b->position, b->end - b->position));
  b->position = b->end = 0;
  Value readall = get_attr_optional(vm, b->raw, TRY(vm.intern("readall")));
  if (readall.is_error()) return readall;
  if (!readall.is_exhausted()) {
    Value rest = call0(vm, readall);
    if (rest.is_error()) return rest;
    if (rest.is_none()) {
      if (out.length() == 0) return rest;
      return out.finish();
    }
    if (!is_bytes(rest)) return vm.raise(E::TypeError, "readall() should return bytes");
    if (out.length() == 0) return rest;
    TRY(out.append(rest.as<Bytes>()->data, static_cast<int64_t>(rest.as<Bytes>()->length)));
    return out.finish();
  }
  while (true) {
    TRY(vm.poll());
    Value piece = call_name(vm, b->raw, "read");
    if (piece.is_error()) return piece;
    if (!piece.is_none() && !is_bytes(piece)) return vm.raise(E::TypeError, "read() should return bytes");
    if (piece.is_none() || piece.as<Bytes>()->length == 0) {
      if (out.length() == 0) return piece;
      return out.finish();
    }
    TRY(out.append(piece.as<Bytes>()->data, static_cast<int64_t>(piece.as<Bytes>()->length)));
  }
}
/// Up to n bytes into memory; fewer only at the end or where it would block (-1: nothing at all, blocked).
Result<int64_t> read_some(Vm& vm, Buffered* b, uint8_t* out, int64_t n, bool once) {
  int64_t done = 0;
  while (done < n) {
    int64_t ahead = b->end - b->position;
    if (ahead > 0) {
      int64_t take = ahead < n - done ? ahead : n - done;
      std::memcpy(out + done, bytes_of(b) + b->position, static_cast<size_t>(take));
      b->position += take;
      done += take;
      // Where one read of the raw stream is allowed, a large request may follow what was left in the buffer by one.
      if (once && n - done <= b->size) break;
      continue;
    }
    int64_t got;
    if (n - done > b->size || (!once && n - done == b->size)) {
      got = TRY(raw_readinto(vm, b, out + done, n - done));
      if (got > 0) done += got;
      if (once && got > 0) break;
    } else {
      got = TRY(fill(vm, b));
    }
    if (got == 0) break;
    if (got < 0) {
      if (done == 0) return int64_t{-1};
      break;
    }
    TRY(vm.poll());
  }
  return done;
}
Value buffered_read(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_ready(vm, b));
  int64_t n = TRY(size_argument(vm, a[1]));
  if (n < -1) return vm.raise(E::ValueError, "read length must be non-negative or -1");
  Busy busy(vm, b);
  TRY(busy.enter());
  TRY(ready_to_read(vm, b));
  if (n < 0) return read_all(vm, b);
  if (n <= b->end - b->position) {
    Value out = bytes_from(vm, std::span<const uint8_t>(bytes_of(b) + b->position, static_cast<size_t>(n)));
    b->position += n;
    return out;
  }
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(n)));
  int64_t got = TRY(read_some(vm, b, out->data, n, false));
  if (got < 0) return Value::none();
  if (got == n) return out;
  return bytes_from(vm, std::span<const uint8_t>(out->data, static_cast<size_t>(got)));
}
Value buffered_read1(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_ready(vm, b));
  int64_t n = TRY(size_argument(vm, a[1]));
  if (n < 0) n = b->size;
  Busy busy(vm, b);
  TRY(busy.enter());
  TRY(ready_to_read(vm, b));
  if (n == 0) return bytes_from(vm, std::string_view());
  int64_t ahead = b->end - b->position;
  if (ahead > 0 && n > ahead) n = ahead;
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(n)));
  int64_t got = TRY(read_some(vm, b, out->data, n, true));
  if (got < 0) got = 0;
  if (got == n) return out;
  return bytes_from(vm, std::span<const uint8_t>(out->data, static_cast<size_t>(got)));
}
Value read_into(Vm& vm, Args a, bool once) {
  Buffered* b = self_of(a[0]);
  TRY(check_ready(vm, b));
  ScopedBuffer into(vm);
  TRY(into.acquire_writable(a[1], once ? "readinto1() argument" : "readinto() argument"));
  Busy busy(vm, b);
  TRY(busy.enter());
  TRY(ready_to_read(vm, b));
  int64_t got = TRY(read_some(vm, b, into.get().data, into.get().length, once));
  return got < 0 ? Value::none() : int_from(vm, got);
}
Value buffered_readinto(Vm& vm, Args a) { return read_into(vm, a, false); }
Value buffered_readinto1(Vm& vm, Args a) { return read_into(vm, a, true); }
Value buffered_peek(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_open(vm, b, "peek of closed file"));
  Busy busy(vm, b);
  TRY(busy.enter());
  TRY(ready_to_read(vm, b));
  if (b->position == b->end) {
    int64_t n = TRY(fill(vm, b));
    if (n <= 0) return bytes_from(vm, std::string_view());
  }
  return bytes_from(vm, std::span<const uint8_t>(bytes_of(b) + b->position, static_cast<size_t>(b->end - b->position)));
}
Value read_line(Vm& vm, Buffered* b, int64_t limit) {
  Busy busy(vm, b);
  TRY(busy.enter());
  TRY(ready_to_read(vm, b));
  StorageBytes out(vm);
  while (true) {
    int64_t ahead = b->end - b->position;
    if (limit >= 0 && ahead > limit - out.length()) ahead = limit - out.length();
    if (ahead > 0) {
      const uint8_t* p = bytes_of(b) + b->position;
      const void* end = std::memchr(p, '\n', static_cast<size_t>(ahead));
      int64_t n = end == nullptr ? ahead : static_cast<const uint8_t*>(end) - p + 1;
      if (end != nullptr && out.length() == 0) {
        Value line = bytes_from(vm, std::span<const uint8_t>(p, static_cast<size_t>(n)));
        b->position += n;
        return line;
      }
      TRY(out.append(p, n));
      b->position += n;
      if (end != nullptr) break;
    }
    if (limit >= 0 && out.length() >= limit) break;
    int64_t n = TRY(fill(vm, b));
    if (n <= 0) break;
    TRY(vm.poll());
  }
  return out.finish();
}
Value buffered_readline(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_open(vm, b, "readline of closed file"));
  int64_t limit = TRY(size_argument(vm, a[1]));
  return read_line(vm, b, limit);
}
Value buffered_next(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_open(vm, b, "readline of closed file"));
  Value line = read_line(vm, b, -1);
  if (!line.is_error() && line.as<Bytes>()->length == 0) return Value::exhausted();
  return line;
}

// --- writing
Value buffered_write(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_ready(vm, b));
  if (is_str(a[1])) return vm.raise(E::TypeError, "a bytes-like object is required, not '{}'", type_name_of(a[1]));
  ScopedBuffer from(vm);
  TRY(from.acquire(a[1]));
  Busy busy(vm, b);
  TRY(busy.enter());
  TRY(check_open(vm, b, "write to closed file"));
  if (b->end != 0 || b->position != 0) TRY(drop_ahead(vm, b));
  const uint8_t* data = from.get().data;
  int64_t n = from.get().length, done = 0;
  if (n <= b->size - b->dirty) {
    if (n != 0) std::memcpy(bytes_of(b) + b->dirty, data, static_cast<size_t>(n));
    b->dirty += n;
    return int_from(vm, n);
  }
  if (flush_dirty(vm, b).is_error()) {
    if (!vm.pending_is(E::BlockingIOError)) return Error{};
    int64_t room = b->size - b->dirty;
    int64_t take = room < n ? room : n;
    std::memcpy(bytes_of(b) + b->dirty, data, static_cast<size_t>(take));
    b->dirty += take;
    if (take == n) {
      if (!vm.clear_pending()) return Error{};
      return int_from(vm, n);
    }
    if (!vm.clear_pending()) return Error{};
    return would_block(vm, take);
  }
  while (n - done > b->size) {
    int64_t put = TRY(raw_write(vm, b, data + done, n - done));
    if (put < 0) {
      int64_t take = b->size < n - done ? b->size : n - done;
      std::memcpy(bytes_of(b), data + done, static_cast<size_t>(take));
      b->dirty = take;
      return would_block(vm, done + take);
    }
    done += put;
    TRY(vm.poll());
  }
  std::memcpy(bytes_of(b), data + done, static_cast<size_t>(n - done));
  b->dirty = n - done;
  return int_from(vm, n);
}
Value buffered_flush(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_open(vm, b, b->writable ? "flush of closed file" : "flush of closed file"));
  if (!b->writable) { return call_name(vm, b->raw, "flush"); }
  Busy busy(vm, b);
  TRY(busy.enter());
  TRY(flush_dirty(vm, b));
  if (b->readable) TRY(drop_ahead(vm, b));
  return Value::none();
}

// --- the rest
Value buffered_close(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_ready(vm, b));
  if (TRY(raw_closed(vm, b))) return Value::none();
  Value flushed = call_name(vm, a[0], "flush");
  Value first = flushed.is_error() ? vm.take_pending() : Value();
  Busy busy(vm, b);
  TRY(busy.enter());
  Value closed = call_name(vm, b->raw, "close");
  b->position = b->end = b->dirty = 0;
  if (!first.is_unset()) {
    if (closed.is_error()) {
      Value second = vm.take_pending();
      TRY(exception_set_context(vm, second, first));
      vm.t.pending = second;
      return Error{};
    }
    vm.t.pending = first;
    return Error{};
  }
  return closed.is_error() ? closed : Value::none();
}
Value buffered_detach(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_ready(vm, b));
  Value flushed = call_name(vm, a[0], "flush");
  if (flushed.is_error()) return flushed;
  Value raw = b->raw;
  b->raw = Value();
  b->ready = false;
  b->detached = true;
  return raw;
}
Value buffered_tell(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_ready(vm, b));
  int64_t at = TRY(offset_from(vm, call_name(vm, b->raw, "tell")));
  // (A device that does not count gives 0 always.)
  return int_from(vm, std::max<int64_t>(0, at - (b->end - b->position) + b->dirty));
}
Value buffered_seek(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  int64_t whence = a.has(2) ? TRY(index_checked(vm, a[2], E::OverflowError)) : 0;
  if (whence < 0 || whence > 4) return vm.raise(E::ValueError, "whence value {} unsupported", whence);
  TRY(check_open(vm, b, "seek of closed file"));
  if (!TRY(ask(vm, b->raw, "seekable"))) return vm.raise(state(vm).unsupported, "File or stream is not seekable.");
  int64_t offset = TRY(index_checked(vm, a[1], E::OverflowError));
  Busy busy(vm, b);
  TRY(busy.enter());
  if (b->dirty != 0) TRY(flush_dirty(vm, b));
  if (whence != 2 && b->end != 0) {
    // Within what was read ahead nothing needs to be asked of the system but where it stands.
    int64_t raw_at = TRY(offset_from(vm, call_name(vm, b->raw, "tell")));
    int64_t at = raw_at - (b->end - b->position);
    int64_t target = whence == 0 ? offset : at + offset;
    int64_t move = target - at;
    if (b->position + move >= 0 && b->position + move <= b->end && !b->writable) {
      b->position += move;
      return int_from(vm, std::max<int64_t>(0, target));
    }
    if (whence == 1) {
      offset = target;
      whence = 0;
    }
  }
  b->position = b->end = 0;
  return int_from(vm, TRY(raw_seek(vm, b, offset, whence)));
}
Value buffered_truncate(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  TRY(check_open(vm, b, "truncate of closed file"));
  if (!b->writable) return vm.raise(state(vm).unsupported, "truncate");
  Value size = a.get(1, Value::none());
  if (size.is_none()) {
    size = buffered_tell(vm, a);
    if (size.is_error()) return size;
  }
  TRY(flush_dirty(vm, b));
  if (b->readable) TRY(drop_ahead(vm, b));
  return call_name(vm, b->raw, "truncate", size);
}
template <const char* const& method>
Value forward(Vm& vm, Args a) {
  TRY(check_ready(vm, self_of(a[0])));
  return call_name(vm, self_of(a[0])->raw, method);
}
constexpr const char* kSeekable = "seekable";
constexpr const char* kReadable = "readable";
constexpr const char* kWritable = "writable";
constexpr const char* kFileno = "fileno";
constexpr const char* kIsatty = "isatty";
/// A stream that is dropped without close(): the file that nobody closed says so, in the name of `source`.
Value buffered_dealloc_warn(Vm& vm, Args a) {
  Buffered* b = self_of(a[0]);
  if (b->ready && call_name(vm, b->raw, "_dealloc_warn", a[1]).is_error() && !vm.clear_pending()) return Error{};
  return Value::none();
}
Value buffered_repr(Vm& vm, Args a) {
  Value name = self_of(a[0])->ready ? get_attr_optional(vm, a[0], vm.names.name) : Value::exhausted();
  if (name.is_error()) {
    if (!vm.clear_pending()) return Error{};
    name = Value::exhausted();
  }
  if (name.is_exhausted()) return str_message(vm, "<{}>", type_name_of(a[0]));
  return str_message(vm, "<{} name={}>", type_name_of(a[0]), repr_of(name));
}
Value buffered_getstate(Vm& vm, Args a) {
  return vm.raise(E::TypeError, "cannot pickle '{}' instances", vm.type_of(a[0])->name);
}
Value get_closed(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return Value::boolean(TRY(raw_closed(vm, self_of(v))));
}
Value get_raw(Vm& vm, Value v) {
  Value raw = self_of(v)->raw;
  return raw.is_unset() ? Value(vm.raise(E::AttributeError, "raw")) : raw;
}
Value get_name(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return get_attr(vm, self_of(v)->raw, vm.names.name);
}
Value get_mode(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return get_attr(vm, self_of(v)->raw, vm.names.mode);
}

#define COMMON_ROWS                                                                                                   \
  {"__new__($type, /, *args, **kwargs)", buffered_construct, kNewMethod | kStaticMethod},                             \
      {"close($self, /)", buffered_close}, {"detach($self, /)", buffered_detach},                                     \
      {"seekable($self, /)", forward<kSeekable>}, {"fileno($self, /)", forward<kFileno>},                             \
      {"isatty($self, /)", forward<kIsatty>}, {"flush($self, /)", buffered_flush}, {"tell($self, /)", buffered_tell}, \
      {"seek($self, target, whence=0, /)", buffered_seek}, {"truncate($self, pos=None, /)", buffered_truncate},       \
      {"__repr__($self, /)", buffered_repr}, {"_dealloc_warn($self, source, /)", buffered_dealloc_warn}, {            \
    "__getstate__($self, /)", buffered_getstate                                                                       \
  }
#define READ_ROWS                                                                                             \
  {"read($self, size=-1, /)", buffered_read}, {"read1($self, size=-1, /)", buffered_read1},                   \
      {"readinto($self, buffer, /)", buffered_readinto}, {"readinto1($self, buffer, /)", buffered_readinto1}, \
      {"peek($self, size=0, /)", buffered_peek}, {"readline($self, size=-1, /)", buffered_readline},          \
      {"__next__($self, /)", buffered_next, kIterNext}, {                                                     \
    "readable($self, /)", forward<kReadable>                                                                  \
  }
#define WRITE_ROWS \
  {"write($self, buffer, /)", buffered_write}, { "writable($self, /)", forward<kWritable> }

const NativeRow kReaderMethods[] = {COMMON_ROWS, READ_ROWS, {"__init__($self, raw, buffer_size=8192)", reader_init}};
const NativeRow kWriterMethods[] = {COMMON_ROWS, WRITE_ROWS, {"__init__($self, raw, buffer_size=8192)", writer_init}};
const NativeRow kRandomMethods[] = {
    COMMON_ROWS, READ_ROWS, WRITE_ROWS, {"__init__($self, raw, buffer_size=8192)", random_init}};
#undef COMMON_ROWS
#undef READ_ROWS
#undef WRITE_ROWS
const GetSetRow kAttributes[] = {{"closed", get_closed}, {"raw", get_raw}, {"name", get_name}, {"mode", get_mode}};

constexpr uint32_t kFlags = kTypeBase | kTypeHasDict | kTypeHasWeakref;
#define SPEC(id, python, rows, text)                                       \
  const TypeSpec id{.name = python,                                        \
                    .doc = text,                                           \
                    .signature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)", \
                    .kind = static_cast<CellKind>(Kind::BufferedIO),       \
                    .size = sizeof(Buffered),                              \
                    .flags = kFlags,                                       \
                    .methods = rows,                                       \
                    .getsets = kAttributes,                                \
                    .trace = trace_buffered};
SPEC(kReader, "_io.BufferedReader", kReaderMethods,
     "Create a new buffered reader using the given readable raw IO object.")
SPEC(kWriter, "_io.BufferedWriter", kWriterMethods, "A buffer for a writeable sequential RawIO object.")
SPEC(kRandom, "_io.BufferedRandom", kRandomMethods, "A buffered interface to random access streams.")
#undef SPEC

// --- a reader and a writer as one
struct RWPair : Object {
  Value reader, writer;
};
RWPair* pair_of(Value v) { return v.as<RWPair>(); }
void trace_pair(Heap&, Cell* cell, Marker& marker) {
  marker.mark(static_cast<RWPair*>(cell)->reader);
  marker.mark(static_cast<RWPair*>(cell)->writer);
}
Value pair_construct(Vm& vm, Args a) { return vm.new_instance<RWPair>(a[0].as<Type>()); }
Value pair_init(Vm& vm, Args a) {
  if (!TRY(ask(vm, a[1], "readable"))) return vm.raise(state(vm).unsupported, "File or stream is not readable.");
  if (!TRY(ask(vm, a[2], "writable"))) return vm.raise(state(vm).unsupported, "File or stream is not writable.");
  Value size = a.get(3, Value::small_int(kDefaultBufferSize));
  Value reader = call2(vm, state(vm).reader, a[1], size);
  if (reader.is_error()) return reader;
  Value writer = call2(vm, state(vm).writer, a[2], size);
  if (writer.is_error()) return writer;
  pair_of(a[0])->reader = reader;
  pair_of(a[0])->writer = writer;
  vm.barrier(a[0].cell());
  return Value::none();
}
Result<Value> side(Vm& vm, Value self, bool reader) {
  Value v = reader ? pair_of(self)->reader : pair_of(self)->writer;
  if (v.is_unset()) return vm.raise(E::ValueError, "I/O operation on uninitialized object");
  return v;
}
template <const char* const& method, bool reader>
Value pair_forward(Vm& vm, Args a) {
  Value target = TRY(side(vm, a[0], reader));
  uint32_t n = a.n - 1;
  while (n > 0 && a[n].is_unset()) --n;
  return call_name(vm, target, method, std::span<const Value>(a.v + 1, n));
}
constexpr const char* kRead = "read";
constexpr const char* kRead1 = "read1";
constexpr const char* kReadinto = "readinto";
constexpr const char* kReadinto1 = "readinto1";
constexpr const char* kPeek = "peek";
constexpr const char* kWrite = "write";
constexpr const char* kFlush = "flush";
Value pair_isatty(Vm& vm, Args a) {
  Value w = TRY(side(vm, a[0], false));
  if (TRY(ask(vm, w, "isatty"))) return Value::true_();
  return Value::boolean(TRY(ask(vm, TRY(side(vm, a[0], true)), "isatty")));
}
Value pair_close(Vm& vm, Args a) {
  Value writer = TRY(side(vm, a[0], false));
  Value first = call_name(vm, writer, "close").is_error() ? vm.take_pending() : Value();
  Value closed = call_name(vm, TRY(side(vm, a[0], true)), "close");
  if (!first.is_unset()) {
    if (closed.is_error()) {
      Value second = vm.take_pending();
      TRY(exception_set_context(vm, second, first));
      first = second;
    }
    vm.t.pending = first;
    return Error{};
  }
  return closed;
}
Value pair_closed(Vm& vm, Value v) { return get_attr(vm, TRY(side(vm, v, false)), TRY(vm.intern("closed"))); }
const NativeRow kPairMethods[] = {
    {"__new__($type, /, *args, **kwargs)", pair_construct, kNewMethod | kStaticMethod},
    {"__init__($self, reader, writer, buffer_size=8192, /)", pair_init},
    {"read($self, size=-1, /)", pair_forward<kRead, true>},
    {"read1($self, size=-1, /)", pair_forward<kRead1, true>},
    {"readinto($self, buffer, /)", pair_forward<kReadinto, true>},
    {"readinto1($self, buffer, /)", pair_forward<kReadinto1, true>},
    {"peek($self, size=0, /)", pair_forward<kPeek, true>},
    {"readable($self, /)", pair_forward<kReadable, true>},
    {"write($self, buffer, /)", pair_forward<kWrite, false>},
    {"flush($self, /)", pair_forward<kFlush, false>},
    {"writable($self, /)", pair_forward<kWritable, false>},
    {"isatty($self, /)", pair_isatty},
    {"close($self, /)", pair_close},
};
const GetSetRow kPairAttributes[] = {{"closed", pair_closed}};
const TypeSpec kPair{.name = "_io.BufferedRWPair",
                     .doc = "A buffered reader and writer object together.",
                     .signature = "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)",
                     .kind = static_cast<CellKind>(Kind::BufferedPair),
                     .size = sizeof(RWPair),
                     .flags = kFlags,
                     .methods = kPairMethods,
                     .getsets = kPairAttributes,
                     .trace = trace_pair};

}  // namespace

Status make_buffered(Vm& vm, Module* m) {
  State& s = state(vm);
  s.reader = TRY(module_add_type(vm, m, kReader, s.bufferedbase));
  s.writer = TRY(module_add_type(vm, m, kWriter, s.bufferedbase));
  s.random = TRY(module_add_type(vm, m, kRandom, s.bufferedbase));
  s.rwpair = TRY(module_add_type(vm, m, kPair, s.bufferedbase));
  return {};
}

}  // namespace krait::io

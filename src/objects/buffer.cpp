// The buffer protocol: who exports memory, and how it is asked for (PEP 3118 for native types, PEP 688 for classes).
#include "objects/bytes.hpp"
#include "objects/function.hpp"
#include "objects/memoryview.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

namespace {

struct Exporters : Extension {
  BufferExporter by_kind[static_cast<size_t>(Kind::kCount)] = {};
};

constexpr int64_t kPyBufSimple = 0, kPyBufWritable = 1, kPyBufFullRo = 0x11C;

/// Does the type have a `__buffer__` that is written in Python?
bool has_python_buffer(Vm& vm, Value v) {
  Value method = special_of(vm, v, Special::Buffer);
  return !method.is_unset() && !is_kind(method, Kind::NativeFunction);
}

Status acquire_python(Vm& vm, Value v, Buffer& out, uint32_t flags) {
  TRY(vm.check_stack(" while getting a buffer"));
  int64_t wanted = flags & kBufferStrided ? kPyBufFullRo : kPyBufSimple;
  if (flags & kBufferWritable) wanted |= kPyBufWritable;
  Value view = TRY(call_special(vm, special_of(vm, v, Special::Buffer), v, Value::small_int(wanted)));
  if (!is_kind(view, Kind::MemoryView)) return vm.raise(E::TypeError, "__buffer__ returned non-memoryview object");
  TRY(buffer_acquire(vm, view, out, flags));
  out.object = v;
  out.holder = view;
  return {};
}

void release_python(Vm& vm, Buffer& b) {
  Value pending = vm.take_pending();
  MemoryView* view = b.holder.as<MemoryView>();
  memoryview_give_back(view);
  std::string where = "Exception ignored in __release_buffer__ of " + str_to_utf8(vm.type_of(b.object)->name);
  Value method = special_of(vm, b.object, Special::ReleaseBuffer);
  if (!method.is_unset() && !is_kind(method, Kind::NativeFunction)) {
    if (call_special(vm, method, b.object, Value(view)).is_error()) write_unraisable(vm, where.c_str(), Value());
  }
  if (memoryview_release(vm, view).is_error()) write_unraisable(vm, where.c_str(), Value());
  if (!pending.is_unset()) vm.t.pending = pending;
}

}  // namespace

void buffer_fill(Buffer& out, Value object, uint8_t* data, uint64_t length, bool readonly) {
  out = Buffer{};
  out.object = object;
  out.data = data;
  out.length = static_cast<int64_t>(length);
  out.shape[0] = out.length;
  out.strides[0] = 1;
  out.readonly = readonly;
}

void set_buffer_exporter(Vm& vm, Kind kind, BufferExporter exporter) {
  vm.extension<Exporters>().by_kind[static_cast<size_t>(kind)] = exporter;
}

bool has_buffer(Vm& vm, Value v) {
  if (!v.is_cell()) return false;
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::Bytes:
    case Kind::ByteArray:
    case Kind::MemoryView: return true;
    default: break;
  }
  return vm.extension<Exporters>().by_kind[v.cell()->kind].acquire != nullptr || has_python_buffer(vm, v);
}

Status buffer_acquire(Vm& vm, Value v, Buffer& out, uint32_t flags) {
  static uint8_t nothing[1];
  if (v.is_cell()) {
    if (has_python_buffer(vm, v)) [[unlikely]]
      return acquire_python(vm, v, out, flags);
    switch (static_cast<Kind>(v.cell()->kind)) {
      case Kind::Bytes:
        if (flags & kBufferWritable) return vm.raise(E::BufferError, "Object is not writable.");
        buffer_fill(out, v, v.as<Bytes>()->data, v.as<Bytes>()->length, true);
        return {};
      case Kind::ByteArray: {
        ByteArray* b = v.as<ByteArray>();
        ++b->exports;
        buffer_fill(out, v, b->length == 0 ? nothing : b->data(), b->length, false);
        return {};
      }
      case Kind::MemoryView: return memoryview_acquire(vm, v.as<MemoryView>(), out, flags);
      default: break;
    }
    const BufferExporter& exporter = vm.extension<Exporters>().by_kind[v.cell()->kind];
    if (exporter.acquire != nullptr) {
      out = Buffer{};  // exporters say only what differs from a plain run of bytes; `out` may be zeroed cell memory
      return exporter.acquire(vm, v, out, flags);
    }
  }
  return vm.raise(E::TypeError, "a bytes-like object is required, not '{}'", type_name_of(v));
}

Status ScopedBuffer::acquire_writable(Value v, const char* argument) {
  if (acquire(v, kBufferWritable).ok()) return {};
  if (!vm_.pending_is(E::BufferError) && !vm_.pending_is(E::TypeError)) return Error{};
  if (!vm_.clear_pending()) return Error{};
  return vm_.raise(E::TypeError, "{} must be read-write bytes-like object, not {}", argument,
                   v.is_none() ? MessagePart("None") : type_name_of(v));
}

void buffer_release(Vm& vm, Buffer& b) {
  if (!b.object.is_cell()) return;
  if (!b.holder.is_unset()) {
    release_python(vm, b);
  } else {
    switch (static_cast<Kind>(b.object.cell()->kind)) {
      case Kind::Bytes: break;
      case Kind::ByteArray: --b.object.as<ByteArray>()->exports; break;
      case Kind::MemoryView: memoryview_give_back(b.object.as<MemoryView>()); break;
      default: {
        const BufferExporter& exporter = vm.extension<Exporters>().by_kind[b.object.cell()->kind];
        if (exporter.release != nullptr) exporter.release(vm, b);
      }
    }
  }
  b.object = Value();
  b.holder = Value();
}

}  // namespace krait

// The layout of memoryview, for the buffer protocol.
#pragma once

#include "objects/bytes.hpp"

namespace krait {

/// A buffer that memoryviews share: the exporter gets it back when the last of them has been released or is gone.
struct ManagedBuffer : Object {
  Buffer buffer;
  uint32_t views;  ///< not released
  uint32_t uses;   ///< buffers that its views have handed out
  uint32_t place;  ///< in the list of all that have something to be given back
  bool released;
  bool held;  ///< a collection found somebody that refers to it
};

struct MemoryView : Object {
  ManagedBuffer* managed;
  Buffer view;       ///< what part of it is seen, and how; `object` is the exporter
  uint32_t exports;  ///< buffers handed out: no release() while any
  int64_t hash;      ///< 0: not computed yet
  bool released;
};

inline bool is_memoryview(Value v) { return is_kind(v, Kind::MemoryView); }
Status memoryview_acquire(Vm& vm, MemoryView* m, Buffer& out, uint32_t flags);
/// A buffer that the view had handed out comes back.
inline void memoryview_give_back(MemoryView* m) {
  --m->exports;
  --m->managed->uses;
}
/// BufferError while it has exports; nothing if it is released already.
Status memoryview_release(Vm& vm, MemoryView* m);

}  // namespace krait

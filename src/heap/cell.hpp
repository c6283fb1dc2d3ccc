// Cell: the 8-byte header that every heap object begins with.
#pragma once

#include <cstdint>

namespace krait {

/// Index of a Shape in the Vm's shape table (objects/shape.hpp). Shape 0 is that of raw storage.
using ShapeId = uint32_t;

/// How a cell is laid out, and so how it is traced: a row of objects/kinds.def.
using CellKind = uint8_t;

/// Bits of Cell::gc.
enum GcBits : uint8_t {
  kGcOld = 1,         ///< marked in the last collection: a store into it must go through the write barrier
  kGcRemembered = 2,  ///< old and already in the remembered set
  kGcFinalize = 4,    ///< its finalizer has to run once before it dies
  kGcWeak = 8,        ///< weak references to it exist
  kGcLabel = 16,      ///< carries a taint label
  kGcFinalized = 32,  ///< its finalizer has run
  kGcLarge = 64,      ///< has a piece of memory of its own (set by the heap, never to be changed)
  kGcAppended = 128,  ///< old, and something was added at its end since the last collection
};

struct Cell {
  ShapeId shape;
  CellKind kind;
  uint8_t gc;
  uint16_t bits;  ///< for the kind's own use (string width, integer sign, ...)
};
static_assert(sizeof(Cell) == 8);

}  // namespace krait

// The two ends of an `async for`, which no jump instruction connects: it goes on behind the END_SEND of its step, and it ends at the
// END_ASYNC_FOR that handles the step's StopAsyncIteration. Who shows branches takes the two for one, as CPython does.
#pragma once

#include <cstdint>

namespace krait {

struct Code;
struct Handler;

/// The END_SEND of the loop that ends at the END_ASYNC_FOR with this number; that number itself where there is none (foreign code).
uint32_t async_step_of(const Code* code, uint32_t end_async_for);
/// The same of a row of the exception table: its target where it is no such loop's.
uint32_t async_step_of(const Code* code, const Handler& handler);

}  // namespace krait

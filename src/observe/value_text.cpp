#include "observe/value_text.hpp"

#include <algorithm>
#include <cstring>

namespace krait {
namespace {

constexpr char kPairs[] =
    "000102030405060708091011121314151617181920212223242526272829303132333435363738394041424344454647484950515253545556"
    "57"
    "5859606162636465666768697071727374757677787980818283848586878889909192939495969798"
    "99";

}  // namespace

char* append_decimal(int64_t n, char* at) {
  uint64_t rest = static_cast<uint64_t>(n);
  if (n < 0) {
    *at++ = '-';
    rest = 0 - rest;
  }
  if (rest < 10) {
    *at = static_cast<char>('0' + rest);
    return at + 1;
  }
  char digits[20];
  char* p = digits + sizeof digits;
  while (rest >= 100) {
    p -= 2;
    std::memcpy(p, kPairs + rest % 100 * 2, 2);
    rest /= 100;
  }
  if (rest >= 10) {
    p -= 2;
    std::memcpy(p, kPairs + rest * 2, 2);
  } else {
    *--p = static_cast<char>('0' + rest);
  }
  size_t length = static_cast<size_t>(digits + sizeof digits - p);
  std::memcpy(at, p, length);
  return at + length;
}

void ImmediateTexts::make(Vm& vm, Value v, Row& row) {
  char* at = row.text;
  *at++ = '[';
  if (v.is_small_int()) {
    at = append_decimal(v.as_small_int(), at);
  } else {
    std::string text;
    safe_repr(vm, v, text, kTracedValue);
    at = std::copy_n(text.data(), std::min(text.size(), sizeof row.text - 3), at);
  }
  *at++ = ']';
  *at++ = ' ';
  row.length = static_cast<uint8_t>(at - row.text);
  row.bits = v.bits();
}

void ValueTexts::make(Vm& vm, Value v, Row& row) {
  scratch_.clear();
  TextSources sources;
  safe_repr(vm, v, scratch_, kTracedValue, &immediates_, &sources);
  size_t length = std::min(scratch_.size(), kMost - 3);
  row.text[0] = '[';
  std::memcpy(row.text + 1, scratch_.data(), length);
  row.text[length + 1] = ']';
  row.text[length + 2] = ' ';
  row.length = static_cast<uint32_t>(length + 3);
  row.bits = sources.complete() ? v.bits() : 0;
  row.sources = static_cast<uint32_t>(sources.count());
  std::copy_n(sources.words(), row.bits == 0 ? 0 : sources.count(), sources_[&row - rows_]);
}

inline const ValueTexts::Row& ValueTexts::of_cell(Vm& vm, Value v) {
  Row& row = rows_[v.bits() * 0x9E3779B97F4A7C15u >> (64 - kRowBits)];
  if (!holds(&row, v)) make(vm, v, row);
  return row;
}

char* ValueTexts::append(Vm& vm, Value v, char* at) {
  if (!v.has_cell_tag() || v.is_unset()) {
    const ImmediateTexts::Row& row = immediates_.of(vm, v);
    std::memcpy(at, row.text + 1, kCopyStep - 1);
    return at + row.length - 3;
  }
  const Row& row = of_cell(vm, v);
  std::memcpy(at, row.text + 1, kMost - 1);
  return at + row.length - 3;
}

inline char* ValueTexts::append_bracketed(Vm& vm, Value v, char* at, Known& known) {
  if (!v.has_cell_tag() || v.is_unset()) {
    const ImmediateTexts::Row& row = immediates_.of(vm, v);
    std::memcpy(at, row.text, kCopyStep);
    known = nullptr;
    return at + row.length;
  }
  const Row& row = of_cell(vm, v);
  known = row.sources == 0 ? nullptr : &row;
  return copy_in_steps(at, row.text, row.length);
}

void ValueTexts::forget_cells() {
  for (Row& row : rows_) row.bits = 0;
}

namespace {

constexpr std::string_view kHead = "== Stack ==    ";

}  // namespace

void StackText::grow(size_t parts) {
  parts = (parts + 8) * 2;
  auto text = std::make_unique<char[]>(kHead.size() + parts * ValueTexts::kMost + kCopyStep);
  std::memcpy(text.get(), kHead.data(), kHead.size());
  text_ = std::move(text);
  parts_.resize(parts);
  count_ = 0;
}

std::string_view StackText::of(Vm& vm, const Value* begin, const Value* end, bool calm) {
  size_t n = static_cast<size_t>(end - begin);
  if (n >= parts_.size()) [[unlikely]]
    grow(n);
  Part* part = parts_.data();
  const Part* known_end = part + std::min(n, count_);
  const Value* v = begin;
  char* at = text_.get() + kHead.size();
  for (; part < known_end; ++part, ++v) {
    if (part->value != *v || (part->known != nullptr && !calm && !values_.holds(part->known, *v))) break;
    at = part->end;
  }
  for (; v < end; ++part, ++v) {
    part->value = *v;
    at = values_.append_bracketed(vm, *v, at, part->known);
    part->end = at;
  }
  count_ = n;
  return {text_.get(), static_cast<size_t>(at - text_.get())};
}

}  // namespace krait

#include "observe/value_text.hpp"

#include <algorithm>
#include <cstring>

#include "heap/heap.hpp"
#include "interp/function.hpp"
#include "objects/function.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

template <size_t n>
char* append_text(const char (&text)[n], char* at) {
  std::memcpy(at, text, n - 1);
  return at + n - 1;
}

char* append_str(std::string_view text, char* at) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

bool is_plain(std::string_view text) {
  bool plain = true;
  for (char c : text) plain &= c >= 32 && c != '\'' && c != '\\' && c != 127;
  return plain;
}

/// Does safe_repr show a value of this kind as `<C object>`?
bool shown_by_type(Kind kind) {
  switch (kind) {
    case Kind::Int:
    case Kind::Str:
    case Kind::Bytes:
    case Kind::Tuple:
    case Kind::List:
    case Kind::Dict:
    case Kind::Set:
    case Kind::Type:
    case Kind::Function:
    case Kind::NativeFunction:
    case Kind::Code:
    case Kind::Module:
    case Kind::Method:
    case Kind::Cell: return false;
    default: return true;
  }
}

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

char* ValueText::append(Vm& vm, Value v, char* at) {
  if (v.is_small_int()) return append_decimal(v.as_small_int(), at);
  if (v.is_small_float()) return floats_.append(v.as_small_float(), at);
  if (v.is_unset()) return append_text("unset", at);
  if (v.is_none()) return append_text("None", at);
  if (v.is_true()) return append_text("True", at);
  if (v.is_false()) return append_text("False", at);
  if (!v.has_cell_tag()) return append_slow(vm, v, at);
  Kind kind = static_cast<Kind>(v.cell()->kind);
  constexpr size_t kMostName = 24;
  if (kind == Kind::Str) {
    const Str* s = v.as<Str>();
    if (!s->is_ascii() || s->length >= kMostName || vm.type_of(v) != vm.types.str || !is_plain(s->ascii()))
      return append_slow(vm, v, at);
    *at++ = '\'';
    at = append_str(s->ascii(), at);
    *at++ = '\'';
    return at;
  }
  if (kind == Kind::List) {
    const List* list = v.as<List>();
    return append_items(vm, v, kind, {list->items(), list->length}, at);
  }
  if (kind == Kind::Tuple) return append_items(vm, v, kind, v.as<Tuple>()->span(), at);
  if (kind == Kind::Function) {
    const Str* name = v.as<Function>()->qualname;
    if (!name->is_ascii() || name->length >= kMostName) return append_slow(vm, v, at);
    at = append_str(name->ascii(), append_text("<function ", at));
    *at++ = '>';
    return at;
  }
  if (shown_by_type(kind)) {
    Type* type = vm.type_of(v);
    if (type != vm.types.float_ && type->qualname->is_ascii() && type->qualname->length < kMostName) {
      *at++ = '<';
      return append_text(" object>", append_str(type->qualname->ascii(), at));
    }
  }
  return append_slow(vm, v, at);
}

char* ValueText::append_items(Vm& vm, Value v, Kind kind, std::span<const Value> items, char* at) {
  if (vm.type_of(v) != (kind == Kind::List ? vm.types.list : vm.types.tuple)) return append_slow(vm, v, at);
  size_t shown = std::min(items.size(), ItemsText::kItems);
  ItemsText& row = lists_[(v.bits() >> 4 ^ v.bits() >> 12) % kLists];
  if (row.count == items.size() + 1 && row.kind == kind) {
    size_t i = 0;
    while (i < shown && row.items[i] == items[i]) ++i;
    if (i == shown) {
      std::memcpy(at, row.text, sizeof row.text);
      return at + row.length;
    }
  }
  char* end = append_slow(vm, v, at);
  bool immediates = true;
  for (size_t i = 0; i < shown; ++i) immediates &= !items[i].is_cell();
  row.count = immediates ? items.size() + 1 : 0;
  if (!immediates) return end;
  row.kind = kind;
  row.length = static_cast<uint8_t>(end - at);
  for (size_t i = 0; i < shown; ++i) row.items[i] = items[i];
  std::memcpy(row.text, at, row.length);
  return end;
}

char* ValueText::append_slow(Vm& vm, Value v, char* at) {
  scratch_.clear();
  safe_repr(vm, v, scratch_, kTracedValue, &floats_);
  return append_str(std::string_view(scratch_).substr(0, kMost), at);
}

namespace {

constexpr std::string_view kHead = "== Stack ==    ";

}  // namespace

/// What the text of part.value hangs on.
void StackText::find_name(Vm& vm, Part& part) {
  Value v = part.value;
  part.fixed = true;
  part.place = nullptr;
  if (!v.is_cell()) return;
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::Function: part.place = &v.as<Function>()->qualname; break;
    case Kind::Type: part.place = &v.as<Type>()->qualname; break;
    case Kind::Tuple:
    case Kind::List:
    case Kind::Dict:
    case Kind::Set:
    case Kind::Module:
    case Kind::Method:
    case Kind::Cell: part.fixed = false; return;
    default: {
      Type* type = vm.type_of(v);
      if (!type->has(kTypeHeap)) return;
      part.place = &type->qualname;
    }
  }
  part.name = *part.place;
  part.shape = v.cell()->shape;
}

void StackText::grow(size_t parts) {
  size_t size = kHead.size() + (parts + 8) * 2 * (ValueText::kMost + 4);
  auto text = std::make_unique<char[]>(size);
  std::memcpy(text.get(), kHead.data(), kHead.size());
  text_ = std::move(text);
  parts_.resize((parts + 8) * 2);
  count_ = 0;
}

std::string_view StackText::of(Vm& vm, const Value* begin, const Value* end) {
  size_t n = static_cast<size_t>(end - begin);
  if (n > parts_.size() || text_ == nullptr) [[unlikely]]
    grow(n);
  size_t k = 0;
  for (size_t known = std::min(n, count_); k < known; ++k) {
    const Part& part = parts_[k];
    if (part.value != begin[k] || !part.fixed) break;
    if (part.place != nullptr && (*part.place != part.name || begin[k].cell()->shape != part.shape)) break;
  }
  char* at = text_.get() + (k == 0 ? kHead.size() : parts_[k - 1].end);
  for (; k < n; ++k) {
    Part& part = parts_[k];
    part.value = begin[k];
    find_name(vm, part);
    *at++ = '[';
    at = values_.append(vm, begin[k], at);
    *at++ = ']';
    *at++ = ' ';
    part.end = static_cast<uint32_t>(at - text_.get());
  }
  count_ = n;
  return {text_.get(), static_cast<size_t>(at - text_.get())};
}

void StackText::trace(Marker& marker) {
  // Kept alive, so that another object at the same place is never taken for the one that was shown.
  for (size_t i = 0; i < count_; ++i) {
    marker.mark(parts_[i].value);
    if (parts_[i].place != nullptr) marker.mark_cell(parts_[i].name);
  }
}

}  // namespace krait

// str.format(), format_map() and str.__format__.
#include "objects/str_format.hpp"

#include <cstdio>

#include "base/unicode.hpp"
#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/format_spec.hpp"
#include "objects/str_methods.hpp"
#include "objects/text_args.hpp"

namespace krait {

// --- Syntax

Result<bool> FormatReader::next(Vm& vm, Piece& out) {
  out = Piece{};
  if (at_ >= end_) return false;
  out.literal.begin = at_;
  char32_t c = 0;
  while (at_ < end_) {
    c = text_->at(at_++);
    if (c == '{' || c == '}') break;
    c = 0;
  }
  out.literal.end = at_;
  if (c == 0) return true;
  bool at_end = at_ >= end_;
  char32_t following = at_end ? 0 : text_->at(at_);
  if (c == '}' && following != c) return vm.raise(E::ValueError, "Single '}' encountered in format string");
  if (at_end) return vm.raise(E::ValueError, "Single '{' encountered in format string");
  if (following == c) {  // an escaped brace: the first of the two belongs to the literal
    ++at_;
    return true;
  }
  --out.literal.end;
  out.has_field = true;
  TRY(read_field(vm, out));
  return true;
}

Status FormatReader::read_field(Vm& vm, Piece& out) {
  out.name.begin = at_;
  char32_t c = 0;
  for (bool done = false; !done && at_ < end_;) {
    c = text_->at(at_++);
    switch (c) {
      case '{': return vm.raise(E::ValueError, "unexpected '{' in field name");
      case '[':
        while (at_ < end_ && text_->at(at_) != ']') ++at_;
        break;
      case '}':
      case ':':
      case '!': done = true; break;
      default: break;
    }
  }
  out.name.end = at_ - 1;
  if (c == '}') return {};
  if (c != '!' && c != ':') return vm.raise(E::ValueError, "expected '}' before end of string");
  if (c == '!') {
    if (at_ >= end_) return vm.raise(E::ValueError, "end of string while looking for conversion specifier");
    out.conversion = text_->at(at_++);
    if (at_ < end_) {
      c = text_->at(at_++);
      if (c == '}') return {};
      if (c != ':') return vm.raise(E::ValueError, "expected ':' after conversion specifier");
    }
  }
  out.spec.begin = at_;
  for (int depth = 1; at_ < end_;) {
    c = text_->at(at_++);
    if (c == '{') {
      out.nested = true;
      ++depth;
    } else if (c == '}' && --depth == 0) {
      out.spec.end = at_ - 1;
      return {};
    }
  }
  return vm.raise(E::ValueError, "unmatched '{' in format spec");
}

namespace {

/// The number that a part of a name is, -1 if it is none.
Result<int64_t> field_number(Vm& vm, const Str* text, FormatReader::Span s) {
  if (s.empty()) return int64_t{-1};
  int64_t n = 0;
  for (uint64_t i = s.begin; i < s.end; ++i) {
    int digit = unicode::decimal_value(text->at(i));
    if (digit < 0) return int64_t{-1};
    if (n > (INT64_MAX - digit) / 10) return vm.raise(E::ValueError, "Too many decimal digits in format string");
    n = n * 10 + digit;
  }
  return n;
}

}  // namespace

Status FieldName::begin(Vm& vm, const Str* text, uint64_t from, uint64_t to) {
  text_ = text;
  end_ = to;
  at_ = from;
  while (at_ < to && text->at(at_) != '.' && text->at(at_) != '[') ++at_;
  first_ = {from, at_};
  first_number_ = TRY(field_number(vm, text, first_));
  return {};
}

Result<bool> FieldName::next(Vm& vm, Step& out) {
  out = Step{};
  if (at_ >= end_) return false;
  char32_t c = text_->at(at_++);
  out.name.begin = at_;
  if (c == '.') {
    out.attribute = true;
    while (at_ < end_ && text_->at(at_) != '.' && text_->at(at_) != '[') ++at_;
    out.name.end = at_;
  } else if (c == '[') {
    while (at_ < end_ && text_->at(at_) != ']') ++at_;
    if (at_ >= end_) return vm.raise(E::ValueError, "Missing ']' in format string");
    out.name.end = at_++;
    out.number = TRY(field_number(vm, text_, out.name));
  } else {
    return vm.raise(E::ValueError, "Only '.' or '[' may follow ']' in format field specifier");
  }
  if (out.name.empty()) return vm.raise(E::ValueError, "Empty attribute in format string");
  return true;
}

// --- Filling in

namespace {

class Formatter {
 public:
  /// `arguments` null: format_map(). `mapping`: a dict of keyword arguments or any mapping; unset: none.
  Formatter(Vm& vm, const std::span<const Value>* arguments, Value mapping)
      : vm_(vm), arguments_(arguments), mapping_(mapping) {}

  Status run(StrBuilder& out, Str* text, uint64_t begin, uint64_t end, int depth) {
    if (depth < 0) return vm_.raise(E::ValueError, "Max string recursion exceeded");
    FormatReader reader(text, begin, end);
    FormatReader::Piece piece;
    while (TRY(reader.next(vm_, piece))) {
      TRY(vm_.poll());
      TRY(out.append(text, piece.literal.begin, piece.literal.end));
      if (piece.has_field) TRY(field(out, text, piece, depth));
    }
    return {};
  }

 private:
  Status field(StrBuilder& out, Str* text, const FormatReader::Piece& piece, int depth) {
    Value v = TRY(object(text, piece.name));
    switch (piece.conversion) {
      case 0: break;
      case 'r': v = TRY(repr(vm_, v)); break;
      case 's': v = TRY(str(vm_, v)); break;
      case 'a': v = TRY(ascii(vm_, v)); break;
      default: {
        char code[16];
        bool plain = piece.conversion > 32 && piece.conversion < 127;
        std::snprintf(code, sizeof code, plain ? "%c" : "\\x%x", static_cast<unsigned>(piece.conversion));
        return vm_.raise(E::ValueError, "Unknown conversion specifier {}", static_cast<const char*>(code));
      }
    }
    Value spec = vm_.names.empty;
    if (piece.nested) {
      StrBuilder inner(vm_);
      TRY(run(inner, text, piece.spec.begin, piece.spec.end, depth - 1));
      spec = TRY(inner.finish());
    } else if (!piece.spec.empty()) {
      spec = TRY(str_substring(vm_, text, piece.spec.begin, piece.spec.end));
    }
    Value shown = TRY(krait::format(vm_, v, spec));
    return out.append(as_str(shown));
  }

  Value object(Str* text, FormatReader::Span name) {
    FieldName parts;
    TRY(parts.begin(vm_, text, name.begin, name.end));
    int64_t number = parts.first_number();
    if (parts.first().empty()) {
      if (numbering_ == Numbering::kManual)
        return vm_.raise(E::ValueError, "cannot switch from manual field specification to automatic field numbering");
      numbering_ = Numbering::kAutomatic;
      number = next_number_++;
    } else if (number >= 0) {
      if (numbering_ == Numbering::kAutomatic)
        return vm_.raise(E::ValueError, "cannot switch from automatic field numbering to manual field specification");
      numbering_ = Numbering::kManual;
    }
    Value v;
    if (number >= 0) {
      if (arguments_ == nullptr) return vm_.raise(E::ValueError, "Format string contains positional fields");
      if (static_cast<uint64_t>(number) >= arguments_->size())
        return vm_.raise(E::IndexError, "Replacement index {} out of range for positional args tuple", number);
      v = (*arguments_)[static_cast<size_t>(number)];
    } else {
      Str* key = TRY(str_substring(vm_, text, parts.first().begin, parts.first().end));
      if (mapping_.is_unset()) return vm_.raise_key_error(key);
      v = TRY(get_item(vm_, mapping_, key));
    }
    FieldName::Step step;
    while (TRY(parts.next(vm_, step))) {
      if (step.number >= 0) {
        v = TRY(get_item(vm_, v, int_from(vm_, step.number)));
        continue;
      }
      Str* part = TRY(str_substring(vm_, text, step.name.begin, step.name.end));
      v = step.attribute ? TRY(get_attr(vm_, v, TRY(attribute_name(vm_, part)))) : TRY(get_item(vm_, v, part));
    }
    return v;
  }

  enum class Numbering { kUnknown, kAutomatic, kManual };
  Vm& vm_;
  const std::span<const Value>* arguments_;
  Value mapping_;
  Numbering numbering_ = Numbering::kUnknown;
  int64_t next_number_ = 0;
};

Value format_text(Vm& vm, Str* text, const std::span<const Value>* arguments, Value mapping) {
  TRY(vm.check_stack(" in str.format"));
  StrBuilder out(vm);
  Formatter formatter(vm, arguments, mapping);
  TRY(formatter.run(out, text, 0, text->length, 1));
  return out.finish();
}

}  // namespace

namespace str_methods {

Value format(Vm& vm, Args a) {
  std::span<const Value> positional = a.rest(2);
  return format_text(vm, as_str(a[0]), &positional, a[1]);
}

Value format_map(Vm& vm, Args a) { return format_text(vm, as_str(a[0]), nullptr, a[1]); }

Value dunder_format(Vm& vm, Args a) {
  Str* s = as_str(a[0]);
  if (!is_str(a[1])) return vm.raise(E::TypeError, "__format__() argument must be str, not {}", argument_type(a[1]));
  if (as_str(a[1])->length == 0) return str(vm, s);
  FormatSpec spec;
  TRY(parse_format_spec(vm, s, as_str(a[1]), 's', '<', spec));
  if (spec.type != 's') return unknown_format_code(vm, spec.type, s);
  if (spec.sign == ' ') return vm.raise(E::ValueError, "Space not allowed in string format specifier");
  if (spec.sign != 0) return vm.raise(E::ValueError, "Sign not allowed in string format specifier");
  if (spec.no_negative_zero)
    return vm.raise(E::ValueError, "Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) return vm.raise(E::ValueError, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') return vm.raise(E::ValueError, "'=' alignment not allowed in string format specifier");
  uint64_t n = s->length;
  if (spec.precision >= 0) n = std::min(n, static_cast<uint64_t>(spec.precision));
  FormatPadding padding = format_padding(spec, n);
  if (padding.before == 0 && padding.after == 0) return str_substring(vm, s, 0, n);
  StrBuilder out(vm);
  TRY(out.append_repeated(spec.fill, padding.before));
  TRY(out.append(s, 0, n));
  TRY(out.append_repeated(spec.fill, padding.after));
  return out.finish();
}

}  // namespace str_methods
}  // namespace krait

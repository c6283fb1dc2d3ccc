// String literals: concatenation, f-strings (PEP 701) and t-strings (PEP 750).
#include "syntax/parser_impl.hpp"

namespace krait::syntax {

using namespace ast;

namespace {

// The quotes and prefix of a STRING token.
struct StringParts {
  std::string_view body;
  bool raw = false, bytes = false;
  char first = 0;
};

StringParts split_string(std::string_view token) {
  StringParts parts;
  parts.first = token[0];
  size_t i = 0;
  for (; token[i] != '\'' && token[i] != '"'; ++i) {
    parts.raw |= (token[i] | 32) == 'r';
    parts.bytes |= (token[i] | 32) == 'b';
  }
  size_t quotes = token.size() - i >= 6 && token[i] == token[i + 1] && token[i] == token[i + 2] ? 3 : 1;
  parts.body = token.substr(i + quotes, token.size() - i - 2 * quotes);
  return parts;
}

bool is_text(const Expr* e) { return e->kind == NodeKind::Constant; }

}  // namespace

Expr* Parser::text_constant(std::string_view value, const SourceRange& range, bool is_bytes) {
  auto* made = arena_.make<Constant>();
  made->kind = Constant::kKind;
  made->range = range;
  made->value.kind = is_bytes ? ConstantKind::Bytes : ConstantKind::Str;
  made->value.text = value;
  return made;
}

void Parser::warn_about_escape(const Token& t, std::string_view body, const LiteralNotes& notes) {
  // The lexer has warned of braces in f-strings already.
  char c = notes.invalid_escape[1];
  if (t.kind != K::String && (c == '{' || c == '}')) return;
  uint32_t at = static_cast<uint32_t>(notes.invalid_escape - text_);
  uint32_t line = tokens_.line_of(at, t.line);
  uint32_t begin = tokens_.line_start[line];
  ParseWarning warning;
  warning.message = invalid_escape_message(notes.invalid_escape);
  warning.lineno = static_cast<int>(line);
  warning.offset = static_cast<int>(count_characters({text_ + begin, at - begin})) + 1;
  tokens_.warnings.push_back(std::move(warning));
}

Expr* Parser::plain_string(const Token& t) {
  StringParts parts = split_string(text_of(t));
  LiteralNotes notes;
  std::string_view value = decode_string(parts.body, parts.raw, parts.bytes, arena_, notes);
  if (!notes.error.empty()) return nullptr;
  if (notes.invalid_escape) warn_about_escape(t, parts.body, notes);
  SourceRange range;
  begin_range(range, t);
  end_range(range, t);
  Expr* made = text_constant(value, range, parts.bytes);
  if (parts.first == 'u') static_cast<Constant*>(made)->string_kind = "u";
  return made;
}

// One or more adjacent literals.
Expr* Parser::strings() {
  uint32_t first = pos_;
  if (is(K::String) && next_kind() != K::String && next_kind() != K::FStringStart && next_kind() != K::TStringStart)
    return plain_string(list_[pos_++]);

  size_t base = mark();
  if (is(K::TStringStart)) {
    while (is(K::TStringStart))
      if (!format_string_parts()) return nullptr;
    if (is(K::String) || is(K::FStringStart)) return nullptr;
    Seq<Expr*> values = fold_strings(base);
    auto* made = node<TemplateStr>(first);
    made->values = values;
    return made;
  }
  bool any_format = false, any_bytes = false, any_text = false;
  for (;;) {
    if (is(K::String)) {
      Expr* part = plain_string(list_[pos_++]);
      if (!part) return nullptr;
      bool bytes = static_cast<Constant*>(part)->value.kind == ConstantKind::Bytes;
      (bytes ? any_bytes : any_text) = true;
      push(part);
    } else if (is(K::FStringStart)) {
      any_format = true;
      if (!format_string_parts()) return nullptr;
    } else {
      break;
    }
  }
  if (is(K::TStringStart) || (any_bytes && (any_text || any_format))) return nullptr;
  if (any_format) {
    Seq<Expr*> values = fold_strings(base);
    auto* made = node<JoinedStr>(first);
    made->values = values;
    return made;
  }
  size_t size = 0;
  for (size_t i = base; i < mark(); ++i) size += static_cast<Constant*>(scratch_[i])->value.text.size();
  char* joined = arena_.make_array<char>(size + 1);
  char* out = joined;
  for (size_t i = base; i < mark(); ++i) {
    std::string_view text = static_cast<Constant*>(scratch_[i])->value.text;
    std::memcpy(out, text.data(), text.size());
    out += text.size();
  }
  auto* made = node<Constant>(first);
  made->value.kind = any_bytes ? ConstantKind::Bytes : ConstantKind::Str;
  made->value.text = {joined, size};
  made->string_kind = static_cast<Constant*>(scratch_[base])->string_kind;
  scratch_.resize_down(base);
  return made;
}

// The parts above `base` with adjacent texts joined and empty ones dropped.
Seq<Expr*> Parser::fold_strings(size_t base) {
  size_t out = base;
  for (size_t i = base; i < mark();) {
    auto* part = static_cast<Expr*>(scratch_[i]);
    if (!is_text(part)) {
      scratch_[out++] = part;
      ++i;
      continue;
    }
    size_t end = i, size = 0;
    while (end < mark() && is_text(static_cast<Expr*>(scratch_[end])))
      size += static_cast<Constant*>(scratch_[end++])->value.text.size();
    auto* text = static_cast<Constant*>(part);
    if (end - i > 1) {
      char* joined = arena_.make_array<char>(size + 1);
      char* to = joined;
      for (size_t j = i; j < end; ++j) {
        std::string_view piece = static_cast<Constant*>(scratch_[j])->value.text;
        std::memcpy(to, piece.data(), piece.size());
        to += piece.size();
      }
      auto* last = static_cast<Constant*>(scratch_[end - 1]);
      SourceRange range = text->range;
      range.end_lineno = last->range.end_lineno;
      range.end_col_offset = last->range.end_col_offset;
      auto* made = static_cast<Constant*>(text_constant({joined, size}, range));
      made->string_kind = text->string_kind;
      text = made;
    }
    if (size) scratch_[out++] = text;
    i = end;
  }
  scratch_.resize_down(out);
  return take<Expr>(base);
}

// From the start to the end of one f-string or t-string; its parts go onto the scratch stack.
bool Parser::format_string_parts() {
  Nesting nesting(*this);
  if (!nesting) return false;
  const Token& start = list_[pos_++];
  const bool is_template = start.kind == K::TStringStart;
  bool raw = false;
  for (char c : text_of(start)) raw |= (c | 32) == 'r';
  for (;;) {
    switch (kind()) {
      case K::FStringMiddle:
      case K::TStringMiddle: {
        const Token& t = list_[pos_++];
        LiteralNotes notes;
        std::string_view value = decode_string(text_of(t), raw, false, arena_, notes);
        if (!notes.error.empty()) return false;
        if (notes.invalid_escape) warn_about_escape(t, text_of(t), notes);
        SourceRange range;
        begin_range(range, t);
        end_range(range, t);
        if (t.flags & Token::kDoubled) ++range.end_col_offset;
        push(text_constant(value, range));
        break;
      }
      case K::LeftBrace:
        if (!replacement_field(is_template, raw)) return false;
        break;
      case K::FStringEnd:
      case K::TStringEnd: ++pos_; return true;
      default: return false;
    }
  }
}

// {expression[=][!conversion][:spec]}
bool Parser::replacement_field(bool is_template, bool raw) {
  const uint32_t first = pos_;
  const Token& open = list_[pos_++];
  Expr* value = yield_or_star_expressions();
  if (!value) return false;
  const Token& equal = at();
  const bool debug = accept(K::Equal);
  const Token& value_end = at();
  int conversion = -1;
  if (is(K::Exclamation)) {
    const Token& mark_token = list_[pos_++];
    if (!is(K::Name) || at().start != mark_token.end || at().end != at().start + 1) return false;
    conversion = text_[at().start];
    if (conversion != 's' && conversion != 'r' && conversion != 'a') return false;
    ++pos_;
  }
  Expr* spec = nullptr;
  if (is(K::Colon)) {
    spec = format_spec(is_template, raw);
    if (!spec) return false;
  }
  if (!accept(K::RightBrace)) return false;
  if (conversion < 0 && debug && !spec) conversion = 'r';

  std::string_view source;
  if (debug || is_template) source = expression_text(open, value_end);
  if (debug) {
    SourceRange range;
    begin_range(range, open);
    ++range.col_offset;
    end_range(range, value_end);
    range.end_lineno = static_cast<int>(value_end.line);
    range.end_col_offset = static_cast<int>(tokens_.column(value_end.start, value_end.line));
    push(text_constant(source, range));
  }
  if (is_template) {
    auto* made = node<Interpolation>(first);
    made->value = value;
    made->str.kind = ConstantKind::Str;
    made->str.text = debug ? expression_text(open, equal) : source;
    made->conversion = conversion;
    made->format_spec = spec;
    push(made);
  } else {
    auto* made = node<FormattedValue>(first);
    made->value = value;
    made->conversion = conversion;
    made->format_spec = spec;
    push(made);
  }
  return true;
}

Expr* Parser::format_spec(bool is_template, bool raw) {
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  const uint32_t first = pos_++;
  size_t base = mark();
  for (;;) {
    if (is(K::FStringMiddle) || is(K::TStringMiddle)) {
      const Token& t = list_[pos_++];
      LiteralNotes notes;
      std::string_view value = decode_string(text_of(t), raw, false, arena_, notes);
      if (!notes.error.empty()) return nullptr;
      if (notes.invalid_escape) warn_about_escape(t, text_of(t), notes);
      SourceRange range;
      begin_range(range, t);
      end_range(range, t);
      push(text_constant(value, range));
    } else if (is(K::LeftBrace)) {
      // Fields within a spec are formatted at once, in a t-string too.
      if (!replacement_field(false, raw)) return nullptr;
    } else {
      break;
    }
  }
  Seq<Expr*> values = fold_strings(base);
  auto* made = node<JoinedStr>(first);
  made->values = values;
  return made;
}

// The source between two tokens as `{x=}` shows it: without comments, which can only stand between tokens.
std::string_view Parser::expression_text(const Token& open, const Token& end) {
  std::string_view source{text_ + open.end, end.start - open.end};
  if (source.empty() || !std::memchr(source.data(), '#', source.size())) return source;
  char* copy = arena_.make_array<char>(source.size() + 1);
  size_t size = 0;
  for (const Token* t = &open; t != &end; ++t) {
    if (t != &open) {
      std::memcpy(copy + size, text_ + t->start, t->end - t->start);
      size += t->end - t->start;
    }
    bool in_comment = false;
    for (uint32_t i = t->end; i < t[1].start; ++i) {
      char c = text_[i];
      in_comment = c != '\n' && (in_comment || c == '#');
      if (!in_comment) copy[size++] = c;
    }
  }
  return {copy, size};
}

}  // namespace krait::syntax

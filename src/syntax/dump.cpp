#include "syntax/dump.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

#include "base/float_text.hpp"
#include "base/unicode.hpp"
#include "syntax/lexer.hpp"
#include "syntax/source.hpp"

namespace krait::syntax {

using namespace ast;

namespace {

constexpr int kMaxDepth = 3000;

// repr() of a float as the part of a complex number: without the ".0" of whole numbers.
std::string repr_part(double number) {
  std::string text = repr_double(number);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

// Digits in some base as decimal ones.
std::string decimal(std::string_view digits, unsigned base) {
  std::vector<uint32_t> limbs{0};  // base 10^9, lowest first
  for (char c : digits) {
    uint64_t carry = c <= '9' ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 32) - 'a' + 10);
    for (uint32_t& limb : limbs) {
      uint64_t value = uint64_t{limb} * base + carry;
      limb = static_cast<uint32_t>(value % 1000000000);
      carry = value / 1000000000;
    }
    if (carry) limbs.push_back(static_cast<uint32_t>(carry));
  }
  std::string out = std::to_string(limbs.back());
  for (size_t i = limbs.size() - 1; i-- > 0;) {
    char text[16];
    std::snprintf(text, sizeof text, "%09u", limbs[i]);
    out += text;
  }
  return out;
}

char preferred_quote(std::string_view text) {
  return text.find('\'') != text.npos && text.find('"') == text.npos ? '"' : '\'';
}

class Dumper {
 public:
  Dumper(const DumpOptions& options, std::string& out) : options_(options), out_(out) {}

  bool node(const Node* n, int level) {
    if (level > kMaxDepth) return false;
    const NodeInfo& info = node_info(n->kind);
    out_ += info.name;
    out_ += '(';
    // ast.dump lays a node out on one line if it has at most three arguments and all are simple, which shows
    // only after they are written; so they are written on lines and joined if need be.
    const size_t begin = out_.size();
    int count = 0;
    bool all_simple = true;
    std::vector<size_t> breaks;
    auto separate = [&] {
      breaks.push_back(out_.size());
      ++count;
    };
    for (const FieldInfo& field : info) {
      bool simple = true;
      const size_t at = out_.size();
      separate();
      out_ += field.name;
      out_ += '=';
      Shown shown = value(n, field, level + 1, simple);
      if (shown == Shown::TooDeep) return false;
      if (shown == Shown::Hidden) {
        out_.resize(at);
        breaks.pop_back();
        --count;
        continue;
      }
      all_simple &= simple;
    }
    if (options_.include_attributes && info.has_position) {
      auto attribute = [&](const char* name, int number) {
        separate();
        out_ += name;
        out_ += '=';
        out_ += std::to_string(number);
      };
      attribute("lineno", n->range.lineno);
      attribute("col_offset", n->range.col_offset);
      attribute("end_lineno", n->range.end_lineno);
      attribute("end_col_offset", n->range.end_col_offset);
    }
    last_is_empty_ = count == 0;
    const bool one_line = options_.indent < 0 || (all_simple && count <= 3);
    insert_breaks(begin, breaks, one_line ? -1 : level + 1);
    out_ += ')';
    return true;
  }

 private:
  enum class Shown : uint8_t { Yes, Hidden, TooDeep };

  // Puts separators before each argument but the first, and line breaks before all if `level` is not
  // negative.
  void insert_breaks(size_t begin, const std::vector<size_t>& breaks, int level) {
    if (breaks.empty()) return;
    std::string line = level < 0 ? "" : "\n" + std::string(static_cast<size_t>(level * options_.indent), ' ');
    std::string rest = out_.substr(begin);
    out_.resize(begin);
    for (size_t i = 0; i < breaks.size(); ++i) {
      if (i) out_ += level < 0 ? ", " : ",";
      out_ += line;
      size_t from = breaks[i] - begin, to = i + 1 < breaks.size() ? breaks[i + 1] - begin : rest.size();
      out_.append(rest, from, to - from);
    }
  }

  Shown value(const Node* n, const FieldInfo& field, int level, bool& simple) {
    const bool optional = field.shape == FieldShape::Optional;
    if (field.shape == FieldShape::Sequence || field.shape == FieldShape::OptionalItems) {
      size_t count = field.in<Seq<char>>(n).count;
      if (count == 0) {
        out_ += "[]";
        return options_.show_empty ? Shown::Yes : Shown::Hidden;
      }
      simple = false;
      out_ += '[';
      const size_t begin = out_.size();
      std::vector<size_t> breaks;
      for (size_t i = 0; i < count; ++i) {
        breaks.push_back(out_.size());
        if (field.is_node) {
          const Node* item = field.in<Seq<Node*>>(n)[i];
          if (!item)
            out_ += "None";
          else if (!node(item, level + 1))
            return Shown::TooDeep;
        } else if (field.type == FieldType::Identifier) {
          out_ += repr_text(field.in<Seq<Identifier>>(n)[i]);
        } else {
          out_ += member_name(field.type, field.in<Seq<uint8_t>>(n)[i]);
          out_ += "()";
        }
      }
      insert_breaks(begin, breaks, options_.indent < 0 ? -1 : level + 1);
      out_ += ']';
      return Shown::Yes;
    }
    if (field.is_node) {
      const Node* child = field.in<Node*>(n);
      if (!child) return Shown::Hidden;
      if (!node(child, level)) return Shown::TooDeep;
      simple = last_is_empty_;
      return Shown::Yes;
    }
    switch (field.type) {
      case FieldType::Identifier:
      case FieldType::String: {
        std::string_view text = field.in<std::string_view>(n);
        if (optional && !text.data()) return Shown::Hidden;
        out_ += repr_text(text);
        return Shown::Yes;
      }
      case FieldType::Int: out_ += std::to_string(field.in<Int>(n)); return Shown::Yes;
      case FieldType::ConstantValue: out_ += repr_constant(field.in<ConstantValue>(n)); return Shown::Yes;
      default: {
        uint8_t member = field.in<uint8_t>(n);
        out_ += member_name(field.type, member);
        out_ += "()";
        bool is_load = field.type == FieldType::ExprContext && member == 0;
        return is_load && !options_.show_empty ? Shown::Hidden : Shown::Yes;
      }
    }
  }

  const DumpOptions& options_;
  std::string& out_;
  bool last_is_empty_ = false;  // the node written last has no arguments
};

}  // namespace

std::string repr_text(std::string_view text) {
  const char quote = preferred_quote(text);
  std::string out(1, quote);
  char buffer[16];
  for (size_t i = 0; i < text.size();) {
    int size = 1;
    char32_t c = decode_character(text.data() + i, size);
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 32 || c == 127 || (c > 127 && !unicode::is_printable(c))) {
      std::snprintf(buffer, sizeof buffer,
                    c < 0x100     ? "\\x%02x"
                    : c < 0x10000 ? "\\u%04x"
                                  : "\\U%08x",
                    static_cast<unsigned>(c));
      out += buffer;
    } else {
      out.append(text, i, static_cast<size_t>(size));
    }
    i += static_cast<size_t>(size);
  }
  return out += quote;
}

std::string repr_bytes(std::string_view bytes) {
  const char quote = preferred_quote(bytes);
  std::string out = "b";
  out += quote;
  char buffer[8];
  for (char c : bytes) {
    if (c == quote || c == '\\')
      out += '\\', out += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else if (c < 32 || c == 127) {
      std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned char>(c));
      out += buffer;
    } else {
      out += c;
    }
  }
  return out += quote;
}

std::string repr_constant(const ConstantValue& value) {
  switch (value.kind) {
    case ConstantKind::None: return "None";
    case ConstantKind::True: return "True";
    case ConstantKind::False: return "False";
    case ConstantKind::Ellipsis: return "Ellipsis";
    case ConstantKind::Int:
      if (value.fits_u64) return std::to_string(value.small);
      if (value.base == 10) return std::string(value.text);
      return decimal(value.text, value.base);
    case ConstantKind::Float: return repr_double(value.number);
    case ConstantKind::Complex: {
      if (value.real == 0 && !std::signbit(value.real)) return repr_part(value.number) + "j";
      std::string imaginary = repr_part(value.number);
      return "(" + repr_part(value.real) + (imaginary[0] == '-' ? "" : "+") + imaginary + "j)";
    }
    case ConstantKind::Str: return repr_text(value.text);
    case ConstantKind::Bytes: return repr_bytes(value.text);
    case ConstantKind::Tuple:
    case ConstantKind::FrozenSet: {
      bool is_tuple = value.kind == ConstantKind::Tuple;
      if (!is_tuple && value.elements.empty()) return "frozenset()";
      std::string out = is_tuple ? "(" : "frozenset({";
      for (size_t i = 0; i < value.elements.size(); ++i) {
        if (i) out += ", ";
        out += repr_constant(value.elements[i]);
      }
      if (is_tuple && value.elements.size() == 1) out += ',';
      return out + (is_tuple ? ")" : "})");
    }
  }
  return {};
}

bool dump_ast(const Node* tree, const DumpOptions& options, std::string& out) {
  return Dumper(options, out).node(tree, 0);
}

SyntaxErrorInfo dump_tokens(std::string_view bytes, const ParseOptions& options, Arena& arena, std::string& out) {
  SyntaxErrorInfo error;
  Source source;
  std::string_view encoding;
  if (!prepare_source(bytes, options, arena, source, encoding, error)) return error;
  Tokens tokens;
  if (!tokenize(source, options, tokens)) {
    error.kind = ErrorKind::Interrupted;
    return error;
  }
  char position[64], line[160];
  for (size_t i = 0; i < tokens.list.size(); ++i) {
    const Token& t = tokens.list[i];
    if (t.kind == TokenKind::Error) return tokens.error;
    uint32_t end_line = t.kind == TokenKind::Newline ? t.line : tokens.line_of(t.end, t.line);
    uint32_t column = tokens.column(t.start, t.line), end_column = tokens.column(t.end, end_line);
    std::string_view text = source.text.substr(t.start, t.end - t.start);
    if (t.kind == TokenKind::Newline) text = "\n";
    std::snprintf(position, sizeof position, "%u,%u-%u,%u:", t.line, column, end_line, end_column);
    std::snprintf(line, sizeof line, "%-20s%-15s", position, token_name(t.kind));
    out += line;
    out += repr_text(text);
    out += '\n';
  }
  return error;
}

}  // namespace krait::syntax

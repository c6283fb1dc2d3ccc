#include "observe/safe_repr.hpp"

#include <bit>
#include <charconv>

#include "base/float_text.hpp"
#include "bytecode/code.hpp"
#include "interp/function.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "observe/value_text.hpp"

namespace krait {
namespace {

class Writer {
 public:
  Writer(Vm& vm, std::string& out, const ReprBounds& bounds, ImmediateTexts* known, TextSources* sources)
      : vm_(vm), out_(out), bounds_(bounds), end_(out.size() + bounds.characters), known_(known), sources_(sources) {}

  void value(Value v, int depth) {
    if (v.is_unset()) return text("unset");
    if (known_ != nullptr && !v.has_cell_tag()) return text(known_->of(vm_, v).without_brackets());
    if (v.is_small_int()) return number(v.as_small_int());
    if (v.is_none()) return text("None");
    if (v.is_true()) return text("True");
    if (v.is_false()) return text("False");
    Type* type = vm_.type_of(v);
    if (type == vm_.types.float_) return real(v);
    if (!v.has_cell_tag()) return object(type);
    switch (static_cast<Kind>(v.cell()->kind)) {
      case Kind::Int: {
        if (type != vm_.types.int_) return instance(v, type);
        char digits[48];
        snprintf(digits, sizeof digits, "<int of %llu bits>", static_cast<unsigned long long>(int_bit_length(v)));
        return text(digits);
      }
      case Kind::Str: return type == vm_.types.str ? string(v.as<Str>()) : instance(v, type);
      case Kind::Bytes: return type == vm_.types.bytes ? bytes(v.as<Bytes>()->span()) : instance(v, type);
      case Kind::Tuple: {
        if (type != vm_.types.tuple) return instance(v, type);
        const Tuple* t = v.as<Tuple>();
        return items('(', t->length == 1 ? ",)" : ")", t->span(), depth);
      }
      case Kind::List: {
        if (type != vm_.types.list) return instance(v, type);
        List* l = v.as<List>();
        note(&l->storage);
        note(&l->length);
        return items('[', "]", {l->items(), l->length}, depth);
      }
      case Kind::Dict: return type == vm_.types.dict ? dict(v.as<Dict>(), depth) : instance(v, type);
      case Kind::Set: return type == vm_.types.set ? set(v.as<Set>(), depth) : instance(v, type);
      case Kind::Type: return named_now("<class ", &v.as<Type>()->qualname);
      case Kind::Function: return named_now("<function ", &v.as<Function>()->qualname);
      case Kind::NativeFunction:
        text("<built-in ");
        text(v.as<NativeFunction>()->row->name());
        return text(">");
      case Kind::Code: return named("<code ", v.as<Code>()->qualname);
      case Kind::Module: {
        Value name = v.as<Module>()->name;
        return is_str(name) ? named("<module ", name.as<Str>()) : instance(v, type);
      }
      case Kind::Method: {
        Value f = v.as<Method>()->function;
        return is_function(f) ? named_now("<method ", &f.as<Function>()->qualname) : instance(v, type);
      }
      case Kind::Cell:
        text("<cell ");
        note(&v.as<ClosureCell>()->content);
        value(v.as<ClosureCell>()->content, depth + 1);
        return text(">");
      default: return instance(v, type);
    }
  }

 private:
  /// The text hangs on the word that stands there now.
  void note(const void* place) {
    if (sources_ != nullptr) sources_->note(place);
  }
  bool full() const { return out_.size() >= end_; }
  void text(std::string_view s) {
    if (end_ == 0) return;  // "..." stands there
    if (out_.size() + s.size() <= end_) {
      out_ += s;
      return;
    }
    size_t room = end_ - out_.size();
    while (room > 0 && (static_cast<unsigned char>(s[room]) & 0xC0) == 0x80) --room;
    out_ += s.substr(0, room);
    out_ += "...";
    end_ = 0;
  }
  void number(int64_t i) {
    char digits[24];
    text({digits, static_cast<size_t>(std::to_chars(digits, digits + sizeof digits, i).ptr - digits)});
  }
  void real(Value v) {
    char digits[kReprDoubleMax];
    text({digits, repr_double(float_value(v), digits)});
  }
  void object(Type* type) { named("<", type->qualname, " object>"); }
  void instance(Value v, Type* type) {
    if (type->has(kTypeHeap)) {
      note(v.cell());  // with its shape
      note(&type->qualname);
    }
    object(type);
  }
  void named_now(const char* before, Str* const* name) {
    note(name);
    named(before, *name);
  }
  void named(const char* before, const Str* name, const char* after = ">") {
    text(before);
    if (name->is_ascii()) {
      text(name->ascii());
    } else {
      text(str_to_utf8(name));
    }
    text(after);
  }
  void string(const Str* s) {
    if (s->is_ascii() && s->length < bounds_.characters && plain_text(s->ascii())) {
      text("'");
      text(s->ascii());
      text("'");
      return;
    }
    std::string plain;
    uint64_t shown = std::min<uint64_t>(s->length, bounds_.characters);
    char quote = '\'';
    for (uint64_t i = 0; i < shown; ++i)
      if (s->at(i) == '\'') quote = '"';
    for (uint64_t i = 0; i < shown; ++i)
      if (s->at(i) == '"') quote = '\'';
    plain += quote;
    for (uint64_t i = 0; i < shown; ++i) escaped(s->at(i), quote, plain);
    if (shown < s->length) plain += "...";
    plain += quote;
    text(plain);
  }
  static bool plain_text(std::string_view s) {
    for (char c : s)
      if (c < 32 || c == '\'' || c == '\\' || c == 127) return false;
    return true;
  }
  static void escaped(char32_t c, char quote, std::string& out) {
    char buffer[16];
    if (c == static_cast<char32_t>(quote) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c >= 32 && c < 127) {
      out += static_cast<char>(c);
    } else if (c < 0xA0 || (c >= 0xD800 && c < 0xE000)) {
      snprintf(buffer, sizeof buffer, c < 256 ? "\\x%02x" : "\\u%04x", static_cast<unsigned>(c));
      out += buffer;
    } else {
      if (c >= 0x10000) {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 63));
      } else if (c >= 0x800) {
        out += static_cast<char>(0xE0 | c >> 12);
      }
      out += static_cast<char>(c >= 0x800 ? 0x80 | (c >> 6 & 63) : 0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 63));
    }
  }
  void bytes(std::span<const uint8_t> b) {
    std::string plain = "b'";
    size_t shown = std::min<size_t>(b.size(), bounds_.characters);
    for (size_t i = 0; i < shown; ++i) {
      if (b[i] < 127) {
        escaped(b[i], '\'', plain);
      } else {
        char buffer[8];
        snprintf(buffer, sizeof buffer, "\\x%02x", b[i]);
        plain += buffer;
      }
    }
    text(plain + (shown < b.size() ? "...'" : "'"));
  }
  /// What holds them has been noted.
  void items(char open, const char* close, std::span<const Value> values, int depth) {
    text({&open, 1});
    if (depth >= bounds_.depth && !values.empty()) {
      text("...");
    } else {
      int n = 0;
      for (const Value& v : values) {
        if (n > 0) text(", ");
        if (n++ == bounds_.items) {
          text("...");
          break;
        }
        if (full()) break;
        note(&v);
        value(v, depth + 1);
      }
    }
    text(close);
  }
  void dict(const Dict* d, int depth) {
    text("{");
    note(&d->entries);
    note(&d->used);
    note(&d->entry_count);
    if (depth >= bounds_.depth && d->used != 0) {
      text("...");
    } else {
      int n = 0;
      uint32_t i = 0, seen = 0;
      while (const DictEntry* e = dict_next(d, i)) {
        for (; seen < i; ++seen) note(&d->entry(seen)->key);  // deleted ones too
        if (n > 0) text(", ");
        if (n++ == bounds_.items) {
          text("...");
          break;
        }
        if (full()) break;
        value(e->key, depth + 1);
        text(": ");
        note(&e->value);
        value(e->value, depth + 1);
      }
    }
    text("}");
  }
  void set(const Set* s, int depth) {
    note(&s->entries);
    note(&s->used);
    note(&s->entry_count);
    if (s->used == 0) return text("set()");
    text("{");
    int n = 0;
    for (uint32_t i = 0; i < s->entry_count && !full(); ++i) {
      const SetEntry& e = s->entries->data<SetEntry>()[i];
      note(&e.key);
      if (e.key.is_unset() || e.key.is(Value::deleted())) continue;
      if (n > 0) text(", ");
      if (n++ == bounds_.items || depth >= bounds_.depth) {
        text("...");
        break;
      }
      value(e.key, depth + 1);
    }
    text("}");
  }

  Vm& vm_;
  std::string& out_;
  ReprBounds bounds_;
  size_t end_;
  ImmediateTexts* known_;
  TextSources* sources_;
};

}  // namespace

void safe_repr(Vm& vm, Value v, std::string& out, const ReprBounds& bounds, ImmediateTexts* known,
               TextSources* sources) {
  if (v.is_small_int()) {
    char digits[24];
    out.append(digits,
               static_cast<size_t>(std::to_chars(digits, digits + sizeof digits, v.as_small_int()).ptr - digits));
    return;
  }
  Writer(vm, out, bounds, known, sources).value(v, 0);
}

void json_text(std::string& out, std::string_view utf8) {
  out += '"';
  for (char c : utf8) {
    unsigned char u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (u < 32) {
      char buffer[8];
      snprintf(buffer, sizeof buffer, "\\u%04x", u);
      out += buffer;
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace krait

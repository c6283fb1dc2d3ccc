// _tokenize: the parser's own tokens for programs. The tokenize module of CPython 3.12 and later is written on top of it.
//
// The source is read to its end first. What lies between the parser's tokens - comments, newlines that end no statement - is found
// again here when extra tokens are asked for.
#include <string>
#include <vector>

#include "compiler/compiler.hpp"
#include "objects/bytes.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "syntax/lexer.hpp"
#include "syntax/source.hpp"

namespace krait {
namespace {

struct TokenizerIterator : Object {
  Value tokens;  ///< List of tuples
  Value error;   ///< what is raised after them, or unset
  uint64_t next;
};

void trace_iterator(Heap&, Cell* cell, Marker& m) {
  auto* it = static_cast<TokenizerIterator*>(cell);
  m.mark(it->tokens);
  m.mark(it->error);
}

// What the heap's account bears for text that lies outside the heap, while it lies there.
class Charge {
 public:
  explicit Charge(Vm& vm) : vm_(vm) {}
  ~Charge() { vm_.heap.discharge(bytes_); }
  Charge(const Charge&) = delete;
  Charge& operator=(const Charge&) = delete;
  // A text of that length, a copy of it and its tokens.
  Status cover(size_t text) {
    constexpr size_t kStep = 64 * 1024, kPerByte = 16;
    while (bytes_ < text * kPerByte && text > kStep / kPerByte) {
      if (!vm_.heap.charge(kStep)) return vm_.allocation_failed(kStep);
      bytes_ += kStep;
    }
    return {};
  }

 private:
  Vm& vm_;
  size_t bytes_ = 0;
};

// All that readline() gives.
Status read_source(Vm& vm, Value readline, bool bytes, std::string& out, Charge& charge) {
  while (true) {
    TRY(vm.poll());
    TRY(charge.cover(out.size()));
    Value line = call0(vm, readline);
    if (line.is_error()) {
      if (!vm.pending_is(E::StopIteration) || !vm.clear_pending()) return Error{};
      return {};
    }
    if (bytes) {
      if (!is_bytes(line)) return vm.raise(E::TypeError, "readline() returned a non-bytes object");
      if (line.as<Bytes>()->length == 0) return {};
      out += line.as<Bytes>()->view();
    } else {
      if (!is_str(line)) return vm.raise(E::TypeError, "readline() returned a non-string object");
      if (as_str(line)->length == 0) return {};
      TRY(str_encode_utf8(vm, as_str(line), out));
    }
  }
}

class Builder {
 public:
  Builder(Vm& vm, const syntax::Source& source, const syntax::Tokens& tokens, bool extra)
      : vm_(vm), text_(source.text), added_newline_(source.added_newline), tokens_(tokens), extra_(extra) {}
  Result<List*> run();

 private:
  struct Place {
    size_t row;
    size_t column;  // characters
  };
  Result<Value> number(const char* name) {
    Value v = get_attr(vm_, token_module_, TRY(vm_.intern(name)));
    if (v.is_error()) return Error{};
    return v;
  }
  size_t line_end(size_t row) const {
    size_t start = tokens_.line_start[row];
    size_t end = text_.find('\n', start);
    return end == text_.npos ? text_.size() : end + 1;
  }
  size_t row_of(size_t offset) {
    // Tokens come in order.
    while (row_ + 1 < tokens_.line_start.size() && tokens_.line_start[row_ + 1] <= offset) ++row_;
    return row_;
  }
  Place place(size_t offset) {
    size_t row = row_of(offset);
    return {row, syntax::count_characters(text_.substr(tokens_.line_start[row], offset - tokens_.line_start[row]))};
  }
  Status add(Value type, std::string_view text, Place start, Place end, std::string_view line);
  Status add_span(Value type, size_t start, size_t end);
  Status gap(size_t start, size_t end);

  Vm& vm_;
  std::string_view text_;
  bool added_newline_;
  const syntax::Tokens& tokens_;
  bool extra_;
  Value token_module_;
  List* out_ = nullptr;
  size_t row_ = 1;
};

Status Builder::add(Value type, std::string_view text, Place start, Place end, std::string_view line) {
  Tuple* first = TRY(tuple_of(vm_, Value::small_int(static_cast<int64_t>(start.row)),
                              Value::small_int(static_cast<int64_t>(start.column))));
  Tuple* last = TRY(tuple_of(vm_, Value::small_int(static_cast<int64_t>(end.row)),
                             Value::small_int(static_cast<int64_t>(end.column))));
  return list_append(
      vm_, out_, TRY(tuple_of(vm_, type, TRY(str_from_utf8(vm_, text)), first, last, TRY(str_from_utf8(vm_, line)))));
}

Status Builder::add_span(Value type, size_t start, size_t end) {
  Place from = place(start);
  size_t line_start = tokens_.line_start[from.row];
  Place to = place(end > start ? end - 1 : end);
  if (end > start) {
    size_t row_start = tokens_.line_start[to.row];
    to.column = syntax::count_characters(text_.substr(row_start, end - row_start));
  }
  size_t stop = line_end(to.row);
  if (added_newline_ && stop == text_.size() && end < stop) --stop;
  return add(type, text_.substr(start, end - start), from, to, text_.substr(line_start, stop - line_start));
}

// Comments and newlines between two tokens.
Status Builder::gap(size_t start, size_t end) {
  if (!extra_) return {};
  for (size_t at = start; at < end;) {
    char c = text_[at];
    if (c == '#') {
      size_t stop = text_.find('\n', at);
      if (stop == text_.npos || stop > end) stop = end;
      TRY(add_span(TRY(number("COMMENT")), at, stop));
      at = stop;
    } else if (c == '\n') {
      bool invisible = added_newline_ && at + 1 == text_.size();
      if (invisible) {
        Place p = place(at);
        size_t line = tokens_.line_start[p.row];
        TRY(add(TRY(number("NL")), "", p, {p.row, p.column + 1}, text_.substr(line, at - line)));
      } else {
        TRY(add_span(TRY(number("NL")), at, at + 1));
      }
      ++at;
    } else if (c == '\\' && at + 1 < end && text_[at + 1] == '\n') {
      at += 2;
    } else {
      ++at;
    }
  }
  return {};
}

Result<List*> Builder::run() {
  token_module_ = import_module(vm_, "token");
  if (token_module_.is_error()) return Error{};
  out_ = TRY(list_new(vm_));
  using K = syntax::TokenKind;
  size_t last_end = 0;
  size_t count = tokens_.list.size();
  for (size_t i = 0; i < count; ++i) {
    TRY(vm_.poll());
    const syntax::Token& t = tokens_.list[i];
    if (t.kind == K::Error) {
      if (tokens_.error_is_eof) TRY(gap(last_end, text_.size()));
      break;
    }
    if (t.kind == K::Indent || t.kind == K::Dedent) {
      // They stand before the line's first token, after the comments above it.
      size_t n = i;
      while (n < count && (tokens_.list[n].kind == K::Indent || tokens_.list[n].kind == K::Dedent)) ++n;
      size_t first = n < count && tokens_.list[n].kind != K::EndMarker ? tokens_.list[n].start : text_.size();
      TRY(gap(last_end, first));
      last_end = first;
      if (first >= text_.size()) {
        size_t row =
            tokens_.line_start.size() - (text_.ends_with('\n') && tokens_.line_start.back() == text_.size() ? 1 : 0);
        TRY(add(TRY(number("DEDENT")), "", {row, 0}, {row, 0}, ""));
        continue;
      }
      if (t.kind == K::Indent) {
        size_t row = row_of(first);
        TRY(add_span(TRY(number("INDENT")), tokens_.line_start[row], first));
      } else {
        TRY(add_span(TRY(number("DEDENT")), first, first));
      }
      continue;
    }
    if (t.kind == K::EndMarker) {
      TRY(gap(last_end, text_.size()));
      size_t row = tokens_.line_start.size() - (tokens_.line_start.back() >= text_.size() ? 1 : 0);
      TRY(add(TRY(number("ENDMARKER")), "", {row, 0}, {row, 0}, ""));
      break;
    }
    if (t.kind == K::Newline) {
      // The token begins where a comment before it does.
      size_t at = text_.find('\n', t.start);
      if (at == text_.npos) at = text_.size() - 1;
      TRY(gap(last_end, at));
      last_end = at + 1;
      if (added_newline_ && at + 1 >= text_.size()) {
        Place p = place(at);
        size_t line = tokens_.line_start[p.row];
        TRY(add(TRY(number("NEWLINE")), "", p, {p.row, p.column + 1}, text_.substr(line, at - line)));
      } else {
        TRY(add_span(TRY(number("NEWLINE")), at, at + 1));
      }
      continue;
    }
    TRY(gap(last_end, t.start));
    last_end = t.end;
    bool op = t.kind > K::Error && !syntax::is_keyword(t.kind);
    const char* name = syntax::is_keyword(t.kind) ? "NAME" : op && extra_ ? "OP" : syntax::token_name(t.kind);
    TRY(add_span(TRY(number(name)), t.start, t.end));
  }
  return out_;
}

Value iterator_new(Vm& vm, Args a) {
  bool bytes = a.has(2) && !a[2].is_none();
  bool extra = a.has(3) && TRY(truthy(vm, a[3]));
  std::string text;
  Charge charge(vm);
  TRY(read_source(vm, a[1], bytes, text, charge));
  syntax::ParseOptions options;
  options.source_is_text = !bytes;
  options.stack_limit = vm.t.native_stack_limit;
  options.poll = [](void* context) { return static_cast<Vm*>(context)->poll().is_error(); };
  options.poll_context = &vm;
  Arena arena;
  syntax::Source source;
  std::string_view encoding;
  syntax::SyntaxErrorInfo error;
  Str* filename = TRY(vm.intern("<string>"));
  if (!syntax::prepare_source(text, options, arena, source, encoding, error))
    return raise_syntax_error(vm, error, filename);
  syntax::Tokens tokens;
  if (!syntax::tokenize(source, options, tokens)) return Error{};
  List* list = TRY(Builder(vm, source, tokens, extra).run());
  TokenizerIterator* it = TRY(vm.new_instance<TokenizerIterator>(a[0].as<Type>()));
  it->tokens = list;
  vm.barrier(it);
  if (tokens.list.size() > 0 && tokens.list.back().kind == syntax::TokenKind::Error) {
    syntax::SyntaxErrorInfo info = tokens.error;
    if (info.kind == syntax::ErrorKind::None) info.kind = syntax::ErrorKind::SyntaxError;
    if (tokens.error_is_eof && tokens.open_bracket != 0) {
      info.message = "unexpected EOF in multi-line statement";
      info.lineno = info.end_lineno = static_cast<int>(tokens.line_start.size()) - 1;
      info.offset = info.end_offset = 0;
      info.text = {};
    }
    (void)raise_syntax_error(vm, info, filename);
    it->error = vm.take_pending();
    vm.barrier(it);
  }
  return it;
}

Value iterator_iter(Vm&, Args a) { return a[0]; }

Value iterator_next(Vm& vm, Args a) {
  auto* it = a[0].as<TokenizerIterator>();
  List* list = it->tokens.as<List>();
  if (it->next < list->length) return list->items()[it->next++];
  if (!it->error.is_unset()) {
    Value error = it->error;
    it->error = Value();
    return vm.raise_value(error);
  }
  return Value::exhausted();
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, readline, *, encoding=None, extra_tokens=False)", iterator_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_iter},
    {"__next__($self, /)", iterator_next, kIterNext},
};
constexpr TypeSpec kIteratorSpec{
    .name = "_tokenize.TokenizerIter",
    .doc = "The tokens of a source, one after the other.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::TokenizerIterator),
    .size = sizeof(TokenizerIterator),
    .methods = kMethods,
    .trace = trace_iterator,
};

Status init(Vm& vm, Module* m) {
  TRY(module_add_type(vm, m, kIteratorSpec));
  return {};
}

}  // namespace

extern constinit const ModuleSpec tokenize_module{
    .name = "_tokenize",
    .doc = "The tokenizer behind the tokenize module.",
    .init = init,
};

}  // namespace krait

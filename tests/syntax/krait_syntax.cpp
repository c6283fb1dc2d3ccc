// krait-syntax: the front end on its own, for people and for the conformance scripts.
//
//   krait-syntax tokens FILE            its tokens
//   krait-syntax ast [--indent N] FILE  its tree as ast.dump prints it
//   krait-syntax serve                  answers requests from standard input, see below
//
// A request is a line `mode flags path`, mode being exec, eval, single or func_type and flags letters (t:
// type comments, e: show empty fields, u: text of the one expression, w: warnings instead of the tree, i:
// incomplete input allowed, s: the file is text, not bytes; or -). The answer is a line with its number of
// bytes and then those bytes: `ok` and the dump on a second line, or `error` and one field per line.
#include <iconv.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "syntax/dump.hpp"
#include "syntax/parser.hpp"
#include "syntax/unparse.hpp"

using namespace krait;
using namespace krait::syntax;

namespace {

bool read_file(const char* path, std::string& out) {
  FILE* file = std::fopen(path, "rb");
  if (!file) return false;
  char buffer[65536];
  size_t got;
  while ((got = std::fread(buffer, 1, sizeof buffer, file)) > 0) out.append(buffer, got);
  std::fclose(file);
  return true;
}

// Other encodings than the parser's own, as a host would supply them.
bool decode(void*, std::string_view encoding, std::string_view bytes, std::string& out, std::string&) {
  iconv_t converter = iconv_open("UTF-8", std::string(encoding).c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;
  std::string input(bytes);
  out.resize(bytes.size() * 4 + 16);
  char *from = input.data(), *to = out.data();
  size_t from_left = input.size(), to_left = out.size();
  bool good = iconv(converter, &from, &from_left, &to, &to_left) != static_cast<size_t>(-1);
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return good;
}

const char* kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::None: return "None";
    case ErrorKind::SyntaxError: return "SyntaxError";
    case ErrorKind::IndentationError: return "IndentationError";
    case ErrorKind::TabError: return "TabError";
    case ErrorKind::IncompleteInput: return "_IncompleteInputError";
    case ErrorKind::MemoryError: return "MemoryError";
    case ErrorKind::Interrupted: return "Interrupted";
  }
  return "";
}

std::string error_text(const SyntaxErrorInfo& e) {
  std::string out = "error\n";
  out += kind_name(e.kind);
  for (int n : {e.lineno, e.offset, e.end_lineno, e.end_offset}) out += '\n' + std::to_string(n);
  out += '\n' + repr_text(e.message) + '\n' + (e.text.data() ? repr_text(e.text) : "None");
  return out;
}

std::string answer(std::string_view mode, std::string_view flags, const std::string& source) {
  Arena arena;
  ParseOptions options;
  options.mode = mode == "eval"        ? ParseMode::Eval
                 : mode == "single"    ? ParseMode::Single
                 : mode == "func_type" ? ParseMode::FuncType
                                       : ParseMode::Exec;
  options.decode = decode;
  DumpOptions dump;
  dump.include_attributes = true;
  for (char c : flags) {
    if (c == 't') options.type_comments = true;
    if (c == 'e') dump.show_empty = true;
    if (c == 'i') options.allow_incomplete_input = options.dont_imply_dedent = true;
    if (c == 's') options.source_is_text = true;
  }
  ParseResult result = parse(source, options, arena);
  if (!result.ok()) return error_text(result.error);
  std::string out = "ok\n";
  if (flags.find('w') != flags.npos) {
    for (const ParseWarning& w : result.warnings)
      out += std::to_string(w.lineno) + " " + std::to_string(w.offset) + " " + w.message + "\n";
    return out;
  }
  if (auto* expression = ast::as<ast::Expression>(result.module); expression && flags.find('u') != flags.npos) {
    unparse(expression->body, out);
    return out;
  }
  if (!dump_ast(result.module, dump, out)) return "error\ntoo deep";
  return out;
}

int serve() {
  char line[4096], mode[32], flags[32], path[4000];
  while (std::fgets(line, sizeof line, stdin)) {
    if (std::sscanf(line, "%31s %31s %3999[^\n]", mode, flags, path) != 3) return 1;
    std::string source;
    if (!read_file(path, source)) return 1;
    std::string out = answer(mode, flags, source);
    std::printf("%zu\n", out.size());
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && !std::strcmp(argv[1], "serve")) return serve();
  DumpOptions dump;
  dump.include_attributes = true;
  dump.indent = 2;
  int i = 2;
  if (argc > i + 1 && !std::strcmp(argv[i], "--indent")) {
    dump.indent = std::atoi(argv[i + 1]);
    i += 2;
  }
  std::string source;
  if (argc != i + 1 || !read_file(argv[i], source)) {
    std::fprintf(stderr, "usage: krait-syntax tokens|ast [--indent N] FILE | serve\n");
    return 2;
  }
  Arena arena;
  ParseOptions options;
  options.filename = argv[i];
  options.decode = decode;
  std::string out;
  SyntaxErrorInfo error;
  if (!std::strcmp(argv[1], "tokens")) {
    error = dump_tokens(source, options, arena, out);
  } else {
    ParseResult result = parse(source, options, arena);
    error = result.error;
    if (result.ok()) dump_ast(result.module, dump, out);
    for (const ParseWarning& w : result.warnings)
      std::fprintf(stderr, "%s:%d: SyntaxWarning: %s\n", argv[i], w.lineno, w.message.c_str());
  }
  std::fputs(out.c_str(), stdout);
  if (out.empty() || out.back() != '\n') std::putchar('\n');
  if (error.kind == ErrorKind::None) return 0;
  std::fprintf(stderr, "%s:%d:%d: %s: %s\n", argv[i], error.lineno, error.offset, kind_name(error.kind),
               error.message.c_str());
  return 1;
}

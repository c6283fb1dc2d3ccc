#include "syntax/parser.hpp"

#include "syntax/diagnose.hpp"
#include "syntax/parser_impl.hpp"
#include "syntax/source.hpp"

namespace krait::syntax {
namespace {

// `# type: ignore` comments are no part of the grammar: takes their tokens out and lists them.
ast::Seq<ast::TypeIgnoreBase*> take_type_ignores(const Source& source, Tokens& tokens, Arena& arena) {
  Buffer<ast::TypeIgnoreBase*> found;
  size_t out = 0;
  for (size_t i = 0; i < tokens.list.size(); ++i) {
    const Token& t = tokens.list[i];
    if (t.kind != TokenKind::TypeIgnore) {
      tokens.list[out++] = t;
      continue;
    }
    auto* made = arena.make<ast::TypeIgnore>();
    made->kind = ast::TypeIgnore::kKind;
    made->line = static_cast<int>(t.line);
    made->tag = source.text.substr(t.start, t.end - t.start);
    found.add() = made;
  }
  tokens.list.resize_down(out);
  ast::Seq<ast::TypeIgnoreBase*> ignores{arena.make_array<ast::TypeIgnoreBase*>(found.size()), found.size()};
  for (size_t i = 0; i < found.size(); ++i) ignores[i] = found[i];
  return ignores;
}

// Whether anything but blank and comment lines follows the statement that an interactive input consists of.
bool has_more(const Tokens& tokens, uint32_t position) {
  for (size_t i = position; i < tokens.list.size(); ++i) {
    switch (tokens.list[i].kind) {
      case TokenKind::Newline:
      case TokenKind::Indent:  // of a last line that is nothing but spaces
      case TokenKind::Dedent:
      case TokenKind::EndMarker: break;
      default: return true;
    }
  }
  return false;
}

}  // namespace

ParseResult parse(std::string_view bytes, const ParseOptions& options, Arena& arena) {
  ParseResult result;
  Source source;
  if (!prepare_source(bytes, options, arena, source, result.encoding, result.error)) return result;
  result.text = source.text;
  Tokens tokens;
  if (!tokenize(source, options, tokens)) {
    result.error.kind = ErrorKind::Interrupted;
    return result;
  }
  ast::Seq<ast::TypeIgnoreBase*> ignores;
  if (options.type_comments) ignores = take_type_ignores(source, tokens, arena);
  Parser parser(source, options, tokens, arena);
  ast::Mod* module = parser.module();
  const bool several = module && options.mode == ParseMode::Single && has_more(tokens, parser.position());
  if (module && !several) {
    if (auto* file = ast::as<ast::Module>(module)) file->type_ignores = ignores;
    result.module = module;
  } else if (parser.fatal() != ErrorKind::None) {
    result.error.kind = parser.fatal();
    if (parser.fatal() == ErrorKind::MemoryError) result.error.message = "Parser stack overflowed - Memory Error";
  } else {
    result.error = diagnose({source, options, tokens, arena, parser.parsed_statements(), several});
  }
  result.warnings = std::move(tokens.warnings);
  return result;
}

}  // namespace krait::syntax

#include "cli/repl.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/line_reader.hpp"
#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/exit.hpp"
#include "runtime/import.hpp"
#include "runtime/machine.hpp"
#include "runtime/source_file.hpp"
#include "runtime/source_lines.hpp"
#include "runtime/system.hpp"

namespace krait::cli {
namespace {

constexpr const char* kKeywords[] = {
    "False",  "None",     "True",   "and", "as",   "assert", "async",  "await",    "break", "case",
    "class",  "continue", "def",    "del", "elif", "else",   "except", "finally",  "for",   "from",
    "global", "if",       "import", "in",  "is",   "lambda", "match",  "nonlocal", "not",   "or",
    "pass",   "raise",    "return", "try", "type", "while",  "with",   "yield",
};

bool is_word_byte(char c) {
  return (c & 0x80) || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}
bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\f\r") == std::string_view::npos; }
size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

class Session {
 public:
  Session(Vm& vm, Module* main) : vm_(vm), main_(main) {
    reader_ = editing_line_reader(history_file(), complete, this);
    if (reader_ == nullptr) reader_ = plain_line_reader();
  }

  void greet() {
    Value version = sys_get(vm_, "version"), platform = sys_get(vm_, "platform");
    std::fprintf(stderr,
                 "Python %s on %s\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n",
                 is_str(version) ? str_to_utf8(as_str(version)).c_str() : "",
                 is_str(platform) ? str_to_utf8(as_str(platform)).c_str() : "");
  }

  Status set_prompts() {
    const char* const rows[][2] = {{"ps1", ">>> "}, {"ps2", "... "}};
    for (const auto& row : rows) {
      if (sys_get(vm_, row[0]).is_unset()) TRY(sys_set(vm_, row[0], Value(TRY(vm_.intern(row[1])))));
    }
    return {};
  }

  /// PYTHONSTARTUP's file, in the session's own namespace.
  void run_startup_file() {
    const char* name = system_of(vm_).options.ignore_environment ? nullptr : std::getenv("PYTHONSTARTUP");
    if (name == nullptr || *name == 0) return;
    auto run = [&]() -> Status {
      std::string source;
      if (read_source_file(vm_, name, source).is_error()) {
        if (vm_.tripped == Limit::kNone) std::fprintf(stderr, "Could not open PYTHONSTARTUP\n");
        return Error{};
      }
      CompileOptions options;
      options.is_file = true;
      options.warn = warn_explicit;
      Code* code = TRY(compile_source(vm_, source, TRY(str_decode_fs(vm_, name)), CompileMode::Exec, options));
      Value done = run_code(vm_, code, main_->dict, Value());
      if (done.is_error()) return Error{};
      return {};
    };
    if (run().is_error()) report_exception(vm_, true);
  }

  /// Gives the exit code.
  int run() {
    while (true) {
      if (vm_.tripped != Limit::kNone) return report_exception(vm_);
      Step step = statement();
      if (step != kFailed) flush_streams(vm_);
      if (step == kGoOn) continue;
      if (step == kEnd && reader_->edits()) std::fputc('\n', stdout);
      if (step == kEnd && !reader_->edits()) std::fputc('\n', stderr);
      if (step != kFailed) return exit_code_;
      bool leaves = vm_.pending_is(E::SystemExit) || vm_.tripped != Limit::kNone;
      int code = report_exception(vm_);
      if (leaves) return code;
      flush_streams(vm_);
    }
  }

 private:
  enum Step : uint8_t { kGoOn, kEnd, kFailed };

  std::string prompt(const char* name) {
    Value v = sys_get(vm_, name);
    Value text = v.is_unset() ? Value() : str(vm_, v);
    if (!text.is_error()) return str_to_utf8(as_str(text));
    if (vm_.has_pending()) (void)vm_.clear_pending();
    return "";
  }

  /// What was typed is forgotten.
  Step interrupted() {
    // The signal's answer, if it is an exception, ends here.
    if (vm_.poll().is_error() && !vm_.clear_pending()) return kFailed;
    std::fputs("\nKeyboardInterrupt\n", stderr);
    return kGoOn;
  }

  /// Reads lines until they are a statement, and runs it.
  Step statement() {
    std::string text, line, indent;
    while (true) {
      switch (reader_->read(prompt(text.empty() ? "ps1" : "ps2"), line)) {
        case LineReader::Result::kInterrupted: return interrupted();
        case LineReader::Result::kEnd:
          if (text.empty()) return kEnd;
          return execute(text + "\n", false);
        case LineReader::Result::kLine: break;
      }
      reader_->remember(line);
      if (text.empty()) {
        if (is_blank(line)) return kGoOn;
        if (reader_->edits() && is_exit_word(line)) return kEnd;
        // A block that was copied together with its indentation loses it.
        if (reader_->edits()) indent = line.substr(0, indentation(line));
      }
      if (!indent.empty() && line.compare(0, indent.size(), indent) == 0) line.erase(0, indent.size());
      text += line;
      // Without the end of its last line, so that a block goes on until an empty one.
      bool more = false;
      Step step = execute(text, true, &more);
      if (!more) return step;
      text += '\n';
    }
  }

  /// `exit` alone ends the session, as long as it means what it says.
  bool is_exit_word(const std::string& line) {
    size_t from = indentation(line), to = line.find_last_not_of(" \t\r") + 1;
    std::string word = line.substr(from, to - from);
    if (word != "exit" && word != "quit") return false;
    Result<Str*> name = vm_.intern(word);
    return name.ok() && dict_get_str(vm_, main_->dict, name.release()).is_unset();
  }

  Step execute(const std::string& text, bool may_continue, bool* more = nullptr) {
    auto compile = [&]() -> Result<Code*> {
      std::string name = reader_->edits() ? "<python-input-" + std::to_string(count_) + ">" : "<stdin>";
      CompileOptions options;
      options.optimize = vm_.optimize;
      options.future_flags = future_flags_;
      options.source_is_text = true;
      options.allow_incomplete_input = may_continue;
      options.dont_imply_dedent = may_continue;
      options.warn = warn_explicit;
      vm_.extension<SourceLines>().add(vm_, name, text);
      return compile_source(vm_, text, TRY(str_decode_fs(vm_, name)), CompileMode::Single, options);
    };
    Result<Code*> compiled = compile();
    if (compiled.is_error()) {
      if (may_continue && vm_.pending_is(E::_IncompleteInputError) && vm_.clear_pending()) {
        *more = true;
        return kGoOn;
      }
      return kFailed;
    }
    ++count_;
    Code* code = compiled.release();
    future_flags_ |= code->flags & kFutureFlags;
    return run_code(vm_, code, main_->dict, Value()).is_error() ? kFailed : kGoOn;
  }

  std::string history_file() {
    if (system_of(vm_).options.isolated) return "";
    const char* name = system_of(vm_).options.ignore_environment ? nullptr : std::getenv("PYTHON_HISTORY");
    if (name != nullptr && *name != 0) return name;
    const char* home = std::getenv("HOME");
    return home == nullptr || *home == 0 ? "" : std::string(home) + "/.krait_history";
  }

  // --- Completion

  static std::vector<std::string> complete(void* context, const std::string& text, std::string& word) {
    Session& session = *static_cast<Session*>(context);
    size_t begin = text.size();
    while (begin > 0 && (is_word_byte(text[begin - 1]) || text[begin - 1] == '.')) --begin;
    std::string path = text.substr(begin);
    size_t dot = path.rfind('.');
    word = dot == std::string::npos ? path : path.substr(dot + 1);
    std::vector<std::string> out;
    if (session.candidates(dot == std::string::npos ? "" : path.substr(0, dot), dot != std::string::npos, word, out)
            .is_error())
      (void)session.vm_.clear_pending();
    return out;
  }

  Status take_names(Value names, const std::string& word, std::vector<std::string>& out) {
    return for_each(vm_, names, [&](Value name) -> Status {
      if (!is_str(name)) return {};
      std::string text = str_to_utf8(as_str(name));
      bool hidden = word.empty() && text.starts_with("_");
      if (text.starts_with(word) && !hidden) out.push_back(text);
      return {};
    });
  }

  Status candidates(const std::string& path, bool attribute, const std::string& word, std::vector<std::string>& out) {
    if (!attribute) {
      for (const char* keyword : kKeywords)
        if (std::string_view(keyword).starts_with(word)) out.push_back(keyword);
      TRY(take_names(main_->dict, word, out));
      return take_names(vm_.builtins_dict, word, out);
    }
    Value object;
    for (size_t begin = 0; begin <= path.size();) {
      size_t end = std::min(path.find('.', begin), path.size());
      Str* name = TRY(vm_.intern(path.substr(begin, end - begin)));
      if (begin == 0) {
        object = dict_get_str(vm_, main_->dict, name);
        if (object.is_unset()) object = dict_get_str(vm_, vm_.builtins_dict, name);
        if (object.is_unset()) return {};
      } else {
        object = get_attr(vm_, object, name);
        if (object.is_error()) return Error{};
      }
      begin = end + 1;
    }
    Value dir = special_of(vm_, object, Special::Dir);
    if (dir.is_unset()) return {};
    Value names = call_special(vm_, dir, object);
    if (names.is_error()) return Error{};
    return take_names(names, word, out);
  }

  static constexpr uint32_t kFutureFlags = kCoFutureAnnotations | kCoFutureBarryAsBdfl;

  Vm& vm_;
  Module* main_;
  std::unique_ptr<LineReader> reader_;
  uint32_t future_flags_ = 0;
  int count_ = 0;
  int exit_code_ = 0;
};

}  // namespace

int run_session(Vm& vm, bool first) {
  auto start = [&]() -> Result<Module*> {
    if (first) return make_main_module(vm, nullptr);
    Value main = dict_get_str(vm, vm.modules, vm.names.d_main);
    if (is_module(main)) return main.as<Module>();
    return make_main_module(vm, nullptr);
  };
  Result<Module*> main = start();
  if (main.is_error()) return report_exception(vm);
  Session session(vm, main.release());
  flush_streams(vm);
  if (first && system_of(vm).options.quiet == 0) session.greet();
  if (session.set_prompts().is_error()) return report_exception(vm);
  if (first) session.run_startup_file();
  return session.run();
}

}  // namespace krait::cli

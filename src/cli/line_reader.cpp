#include "cli/line_reader.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#define KRAIT_IGNORE_LEAKS_HERE __lsan::ScopedDisabler leaks_are_not_ours
#endif
#endif
#ifndef KRAIT_IGNORE_LEAKS_HERE
#define KRAIT_IGNORE_LEAKS_HERE
#endif

#if __has_include(<histedit.h>)
#include <histedit.h>
#define KRAIT_EDITLINE 1
#else
#define KRAIT_EDITLINE 0
#endif

namespace krait::cli {
namespace {

class PlainReader final : public LineReader {
 public:
  Result read(const std::string& prompt, std::string& line) override {
    std::fputs(prompt.c_str(), stderr);
    std::fflush(stderr);
    line.clear();
    while (true) {
      char c;
      ssize_t n = ::read(STDIN_FILENO, &c, 1);
      if (n < 0 && errno == EINTR) return Result::kInterrupted;
      if (n <= 0) return line.empty() ? Result::kEnd : Result::kLine;
      if (c == '\n') return Result::kLine;
      line.push_back(c);
    }
  }
};

#if KRAIT_EDITLINE

/// The functions of the library that are used.
struct Library {
  decltype(&::el_init) init = nullptr;
  decltype(&::el_end) end = nullptr;
  decltype(&::el_reset) reset = nullptr;
  decltype(&::el_gets) gets = nullptr;
  decltype(&::el_set) set = nullptr;
  decltype(&::el_wset) set_wide = nullptr;
  decltype(&::el_line) line = nullptr;
  decltype(&::el_insertstr) insert = nullptr;
  decltype(&::el_deletestr) erase = nullptr;
  decltype(&::history_init) history_init = nullptr;
  decltype(&::history_end) history_end = nullptr;
  decltype(&::history) history = nullptr;

  bool load() {
    void* handle = nullptr;
    for (const char* name : {"libedit.so.2", "libedit.so.0", "libedit.so"})
      if ((handle = dlopen(name, RTLD_NOW | RTLD_GLOBAL)) != nullptr) break;
    if (handle == nullptr) return false;
    auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(handle, name));
      return function != nullptr;
    };
    return find(init, "el_init") && find(end, "el_end") && find(reset, "el_reset") && find(gets, "el_gets") &&
           find(set, "el_set") && find(set_wide, "el_wset") && find(line, "el_line") && find(insert, "el_insertstr") &&
           find(erase, "el_deletestr") && find(history_init, "history_init") && find(history_end, "history_end") &&
           find(history, "history");
  }
};

/// SIGINT as it is while nothing edits, or held back until it is.
class Interrupts {
 public:
  static sigset_t hold() {
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    return before;
  }
  explicit Interrupts(const sigset_t& mask) { pthread_sigmask(SIG_SETMASK, &mask, &before_); }
  ~Interrupts() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

 private:
  sigset_t before_;
};

class EditingReader final : public LineReader {
 public:
  EditingReader(const Library& library, const std::string& history_file, Completer completer, void* context)
      : lib_(library), history_file_(history_file), complete_(completer), context_(context) {
    setlocale(LC_CTYPE, "");
    edit_ = lib_.init("krait", stdin, stdout, stderr);
    history_ = lib_.history_init();
    if (edit_ == nullptr || history_ == nullptr) return;
    lib_.set(edit_, EL_CLIENTDATA, this);
    lib_.set(edit_, EL_PROMPT, &prompt_of);
    lib_.set(edit_, EL_EDITOR, "emacs");
    lib_.set(edit_, EL_SIGNAL, 0);
    lib_.set_wide(edit_, EL_GETCFN, &next_character);
    lib_.set(edit_, EL_HIST, lib_.history, history_);
    KRAIT_IGNORE_LEAKS_HERE;  // libedit keeps copies of a function's name and help, and never frees them
    lib_.set(edit_, EL_ADDFN, "krait-complete", "Complete the name before the cursor", &complete_here);
    lib_.set(edit_, EL_BIND, "\t", "krait-complete", nullptr);
    lib_.set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    HistEvent event;
    lib_.history(history_, &event, H_SETSIZE, kHistoryLines);
    lib_.history(history_, &event, H_SETUNIQUE, 1);
    if (!history_file_.empty()) lib_.history(history_, &event, H_LOAD, history_file_.c_str());
  }
  ~EditingReader() override {
    if (history_ != nullptr) {
      save();
      lib_.history_end(history_);
    }
    if (edit_ != nullptr) lib_.end(edit_);
  }
  bool usable() const { return edit_ != nullptr && history_ != nullptr; }
  bool edits() const override { return true; }

  Result read(const std::string& prompt, std::string& line) override {
    prompt_ = prompt;
    int count = 0;
    // Ctrl-C is heard while a key is waited for, and by no other instruction: one that comes just before is not lost.
    unheld_ = Interrupts::hold();
    const char* text = edited_line(&count);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &unheld_, nullptr);
    if (text == nullptr || count < 0) {
      lib_.reset(edit_);
      return error == EINTR ? Result::kInterrupted : Result::kEnd;
    }
    if (count == 0) return Result::kEnd;
    line.assign(text, static_cast<size_t>(count));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    return Result::kLine;
  }

  void remember(const std::string& line) override {
    if (line.empty()) return;
    HistEvent event;
    lib_.history(history_, &event, H_ENTER, line.c_str());
  }

 private:
  static constexpr int kHistoryLines = 10000;

  const char* edited_line(int* count) {
    // Before the prompt is shown: what is typed from then on is for the editor, not for the terminal's own line.
    lib_.set(edit_, EL_PREP_TERM, 1);
    errno = 0;
    return lib_.gets(edit_, count);
  }
  /// Waits for a key. As libedit asks: 1, 0 at the end of the input, -1 with errno.
  static int next_character(EditLine* edit, wchar_t* character) {
    EditingReader* self = self_of(edit);
    mbstate_t state{};
    while (true) {
      pollfd input{STDIN_FILENO, POLLIN, 0};
      if (self != nullptr && ppoll(&input, 1, nullptr, &self->unheld_) < 0) return -1;
      char byte;
      ssize_t n = ::read(STDIN_FILENO, &byte, 1);
      if (n <= 0) return static_cast<int>(n);
      switch (mbrtowc(character, &byte, 1, &state)) {
        case static_cast<size_t>(-2): continue;  // the character goes on
        case static_cast<size_t>(-1):
          state = {};  // no character: what comes next may be one
          continue;
        default: return 1;
      }
    }
  }

  static EditingReader* self_of(EditLine* edit) {
    auto get = reinterpret_cast<decltype(&::el_get)>(dlsym(RTLD_DEFAULT, "el_get"));  // load() made it global
    void* data = nullptr;
    if (get != nullptr) get(edit, EL_CLIENTDATA, &data);
    return static_cast<EditingReader*>(data);
  }
  static char* prompt_of(EditLine* edit) {
    EditingReader* self = self_of(edit);
    return self == nullptr ? const_cast<char*>("") : self->prompt_.data();
  }
  static unsigned char complete_here(EditLine* edit, int) {
    EditingReader* self = self_of(edit);
    return self == nullptr ? CC_ERROR : self->complete();
  }

  unsigned char complete() {
    Interrupts heard(unheld_);  // Python code may run
    const LineInfo* info = lib_.line(edit_);
    std::string before(info->buffer, static_cast<size_t>(info->cursor - info->buffer));
    if (before.find_first_not_of(" \t") == std::string::npos)
      return lib_.insert(edit_, "    ") == 0 ? CC_REFRESH : CC_ERROR;
    std::string word;
    std::vector<std::string> found = complete_(context_, before, word);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.empty()) return CC_ERROR;
    std::string common = found.front();
    for (const std::string& candidate : found) {
      size_t same = 0;
      while (same < common.size() && same < candidate.size() && common[same] == candidate[same]) ++same;
      common.resize(same);
    }
    if (common.size() > word.size()) {
      if (lib_.insert(edit_, common.c_str() + word.size()) != 0) return CC_ERROR;
      return CC_REFRESH;
    }
    show(found);
    return CC_REDISPLAY;
  }

  static void show(const std::vector<std::string>& found) {
    size_t width = 0;
    for (const std::string& candidate : found) width = std::max(width, candidate.size() + 2);
    size_t columns = std::max<size_t>(1, 78 / width);
    std::fputc('\n', stdout);
    for (size_t i = 0; i < found.size(); ++i) {
      bool last = i + 1 == found.size() || (i + 1) % columns == 0;
      std::printf("%-*s", last ? 0 : static_cast<int>(width), found[i].c_str());
      if (last) std::fputc('\n', stdout);
    }
    std::fflush(stdout);
  }

  void save() {
    if (history_file_.empty()) return;
    // Only its owner may read what was typed.
    int fd = open(history_file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return;
    close(fd);
    HistEvent event;
    lib_.history(history_, &event, H_SAVE, history_file_.c_str());
  }

  Library lib_;
  std::string history_file_, prompt_;
  Completer complete_;
  void* context_;
  sigset_t unheld_ = {};  ///< signals as they are while nothing edits
  EditLine* edit_ = nullptr;
  ::History* history_ = nullptr;
};

#endif

}  // namespace

std::unique_ptr<LineReader> plain_line_reader() { return std::make_unique<PlainReader>(); }

std::unique_ptr<LineReader> editing_line_reader([[maybe_unused]] const std::string& history,
                                                [[maybe_unused]] LineReader::Completer complete,
                                                [[maybe_unused]] void* context) {
#if KRAIT_EDITLINE
  Library library;
  if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1 || !library.load()) return nullptr;
  auto reader = std::make_unique<EditingReader>(library, history, complete, context);
  if (reader->usable()) return reader;
#endif
  return nullptr;
}

}  // namespace krait::cli

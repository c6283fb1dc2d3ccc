// A recording holds, step by step, only what changed: the page (html_page.cpp) keeps full states at some steps and goes on from there.
#include "observe/recorder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <deque>
#include <map>
#include <set>
#include <vector>

#include <functional>

#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "observe/listing.hpp"
#include "observe/picture.hpp"
#include "observe/safe_repr.hpp"
#include "runtime/source_lines.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

constexpr size_t kMostObjects = 80;  ///< of the heap shown at one step
constexpr size_t kMostParts = 24;    ///< of one object
constexpr size_t kMostSteps = 50000;

/// What the program prints goes through a file, so that it is known how much there was at each step, and on to where it belongs.
class OutputTap {
 public:
  bool open() {
    char name[] = "/tmp/krait-output-XXXXXX";
    file_ = ::mkstemp(name);
    if (file_ < 0) return false;
    ::unlink(name);
    real_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    ::fcntl(file_, F_SETFL, O_APPEND);
    return real_ >= 0 && ::dup2(file_, STDOUT_FILENO) >= 0;
  }
  /// What has been printed since.
  std::string take() {
    std::string out;
    struct stat info;
    if (file_ < 0 || ::fstat(file_, &info) != 0 || info.st_size <= at_) return out;
    out.resize(static_cast<size_t>(info.st_size - at_));
    ssize_t n = ::pread(file_, out.data(), out.size(), at_);
    out.resize(n > 0 ? static_cast<size_t>(n) : 0);
    at_ += static_cast<off_t>(out.size());
    size_t sent = 0;
    while (sent < out.size()) {
      ssize_t w = ::write(real_, out.data() + sent, out.size() - sent);
      if (w < 0 && errno == EINTR) continue;
      if (w <= 0) break;
      sent += static_cast<size_t>(w);
    }
    return out;
  }
  std::string close() {
    if (file_ < 0) return "";
    std::string rest = take();
    ::dup2(real_, STDOUT_FILENO);
    ::close(real_);
    ::close(file_);
    file_ = -1;
    return rest;
  }

 private:
  int file_ = -1, real_ = -1;
  off_t at_ = 0;
};

std::string json_of(const std::string& s) {
  // Not every output is UTF-8.
  std::string clean;
  for (size_t i = 0; i < s.size();) {
    unsigned char c = static_cast<unsigned char>(s[i]);
    size_t n = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    bool good = n != 0 && i + n <= s.size();
    for (size_t k = 1; good && k < n; ++k) good = (static_cast<unsigned char>(s[i + k]) & 0xC0) == 0x80;
    if (good) {
      clean.append(s, i, n);
    } else {
      clean += "\xEF\xBF\xBD";
      n = 1;
    }
    i += n;
  }
  std::string out;
  json_text(out, clean);
  return out;
}

/// Shown as a box of its own, with arrows to it.
bool is_boxed(Vm& vm, Value v) {
  if (v.is_unset() || !v.has_cell_tag()) return false;
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::List:
    case Kind::Tuple:
    case Kind::Dict:
    case Kind::Set:
    case Kind::Cell: return true;
    case Kind::Object: return true;
    case Kind::Int:
    case Kind::Float:
    case Kind::Str:
    case Kind::Bytes:
    case Kind::Type:
    case Kind::Function:
    case Kind::NativeFunction:
    case Kind::Module:
    case Kind::Code:
    case Kind::Method: return false;
    default: return has_parts(vm, v);
  }
}

std::string source_of(Vm& vm, const std::string& file) {
  std::string out;
  for (int i = 1;; ++i) {
    const std::u32string* line = vm.extension<SourceLines>().line(vm, file, i);
    if (line == nullptr) break;
    for (char32_t c : *line) {
      if (c < 0x80) {
        out += static_cast<char>(c);
      } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 63));
      } else {
        if (c >= 0x10000) {
          out += static_cast<char>(0xF0 | c >> 18);
          out += static_cast<char>(0x80 | (c >> 12 & 63));
        } else {
          out += static_cast<char>(0xE0 | c >> 12);
        }
        out += static_cast<char>(0x80 | (c >> 6 & 63));
        out += static_cast<char>(0x80 | (c & 63));
      }
    }
    out += '\n';
  }
  return out;
}

class Recorder : public Client {
 public:
  std::string start(Vm& vm, const ObserveOptions& options) override {
    options_ = options;
    path_ = target(options);
    std::string error = write_file(path_, "");
    if (!error.empty()) return error;
    system_of(vm).options.unbuffered = true;  // so that each step shows what was printed before it
    if (!tap_.open()) return std::string("the program's output cannot be recorded: ") + std::strerror(errno);
    return "";
  }
  void trace(Marker& marker) override { codes_.trace(marker); }

 protected:
  virtual std::string target(const ObserveOptions& options) const = 0;
  struct Note {
    bool wanted = false;
    size_t number = 0;
  };
  Note note_of(Vm& vm, Code* code) {
    return codes_.get(code, [&](Code* c) { return Note{wanted_code(options_, c) && !library_code(vm, c), count_++}; });
  }
  /// Names and values of a frame, as the program sees them.
  static void each_name(Vm& vm, const Frame* frame, const std::function<void(const std::string&, Value)>& body) {
    const Code* code = frame->code;
    if (!code->is(kCoOptimized)) {
      Value names = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
      if (!is_dict(names)) return;
      uint32_t i = 0;
      size_t n = 0;
      while (DictEntry* e = dict_next(names.as<Dict>(), i)) {
        if (!is_str(e->key)) continue;
        std::string name = str_to_utf8(e->key.as<Str>());
        if (name.size() > 4 && name.starts_with("__") && name.ends_with("__")) continue;
        if (++n > 40) return;
        body(name, e->value);
      }
      return;
    }
    for (uint32_t i = 0; i < code->slot_count; ++i) {
      uint8_t kind = code->slot_kinds->data<uint8_t>()[i];
      if (kind & kSlotHidden) continue;
      Value v = frame->slots[i];
      if ((kind & (kSlotCell | kSlotFree)) && is_kind(v, Kind::Cell)) v = v.as<ClosureCell>()->content;
      if (!v.is_unset()) body(str_to_utf8(code->slot_names->items[i].as<Str>()), v);
    }
  }
  /// Small numbers for addresses.
  size_t id_of(Value v) { return ids_.try_emplace(v.bits(), ids_.size() + 1).first->second; }
  Watched stop(Vm& vm) {
    truncated_ = true;
    return observer_set_events(vm, slot, 0).is_error() ? Watched::kError : Watched::kContinue;
  }
  /// The program's frames of the chain, outermost first.
  std::vector<Frame*> frames_of(Vm& vm, Frame* innermost) {
    std::vector<Frame*> out;
    for (Frame* f = innermost; f != nullptr && out.size() < 100; f = f->previous)
      if (note_of(vm, f->code).wanted) out.push_back(f);
    return {out.rbegin(), out.rend()};
  }

  ObserveOptions options_;
  std::string path_;
  OutputTap tap_;
  CodeNotes<Note> codes_;
  size_t count_ = 0, steps_ = 0;
  bool truncated_ = false;
  std::map<uint64_t, size_t> ids_;
  std::string out_;
};

// --- The page

class Html final : public Recorder {
 public:
  uint32_t wanted() const override {
    return event_bit(Event::kInstruction) | event_bit(Event::kReturn) | event_bit(Event::kYield) |
           event_bit(Event::kRaise);
  }
  Watched handle(Vm& vm, const EventInfo& info) override {
    if (!note_of(vm, info.frame->code).wanted) return Watched::kDisable;
    if (vm.t.depth > options_.trace_depth) return Watched::kContinue;
    if (steps_ >= kMostSteps || out_.size() > options_.trace_limit) return stop(vm);
    std::string remark;
    if (info.event != Event::kInstruction) {
      if (info.event == Event::kRaise) {
        remark = "raises " + str_to_utf8(vm.type_of(info.value)->qualname);
      } else {
        remark = info.event == Event::kYield ? "yields " : "returns ";
        safe_repr(vm, info.value, remark, {60, 2, 6});
      }
      remark_ = remark;  // told with the instruction that follows
      return Watched::kContinue;
    }
    step(vm, info);
    return Watched::kContinue;
  }
  std::string finish(Vm& vm) override {
    std::string rest = tap_.close();
    out_ += (steps_ == 0 ? "" : ",\n") + std::string("{\"end\":1,\"o\":") + json_of(rest) + "}";
    std::string codes;
    std::map<size_t, Code*> by_number;
    std::map<std::string, size_t> files;
    for (auto& [code, row] : codes_) by_number[row.note.number] = code;
    for (auto& [number, code] : by_number) {
      std::string file = str_to_utf8(code->filename);
      size_t file_number = files.try_emplace(file, files.size()).first->second;
      codes += (codes.empty() ? "" : ",\n") + ("{\"name\":" + json_of(str_to_utf8(code->qualname))) +
               ",\"file\":" + std::to_string(file_number) + ",\"code\":[";
      if (note_of(vm, code).wanted) {
        Listing listing = code_listing(vm, code);
        for (uint32_t i = 0; i < listing.size(); ++i) {
          const ListedInstruction& row = listing[i];
          codes += (i == 0 ? "[" : ",[") + std::to_string(code_location(code, i).line) + "," + json_of(row.name) + "," +
                   (row.has_arg ? std::to_string(row.arg) : "null") + "," + json_of(row.meaning) +
                   (row.is_target ? ",1]" : "]");
        }
      }
      codes += "]}";
    }
    std::vector<std::string> sources(files.size());
    for (auto& [file, number] : files)
      sources[number] =
          "{\"name\":" + json_of(file.substr(file.rfind('/') + 1)) + ",\"text\":" + json_of(source_of(vm, file)) + "}";
    std::string data =
        "{\"truncated\":" + std::string(truncated_ ? "true" : "false") + ",\"codes\":[" + codes + "],\"files\":[";
    for (size_t i = 0; i < sources.size(); ++i) data += (i == 0 ? "" : ",") + sources[i];
    data += "],\"steps\":[\n" + out_ + "]}";
    // A closing tag in a string of the program must not end the script.
    std::string safe;
    for (size_t i = 0; i < data.size(); ++i) {
      safe += data[i];
      if (data[i] == '<') {
        safe.pop_back();
        safe += "\\u003c";
      }
    }
    std::string page = kHtmlPage;
    size_t at = page.find("/*DATA*/");
    return write_file(path_, page.substr(0, at) + safe + page.substr(at + 8));
  }

 private:
  struct Shown {
    Frame* frame = nullptr;
    size_t code = 0;
    uint32_t instruction = 0;
    std::map<std::string, std::string> names;
    std::string stack;
  };

  std::string encode(Vm& vm, Value v) {
    if (is_boxed(vm, v)) {
      if (reached_.insert(v.bits()).second) todo_.push_back(v);
      return std::to_string(id_of(v));
    }
    std::string text;
    safe_repr(vm, v, text, {60, 2, 6});
    return json_of(text);
  }

  void step(Vm& vm, const EventInfo& info) {
    reached_.clear();
    todo_.clear();
    std::vector<Frame*> frames = frames_of(vm, info.frame);
    std::string changes;
    shown_.resize(frames.size());
    for (size_t i = 0; i < frames.size(); ++i) {
      Frame* f = frames[i];
      Shown now;
      now.frame = f;
      now.code = note_of(vm, f->code).number;
      now.instruction = frame_instruction(f);
      each_name(vm, f, [&](const std::string& name, Value v) { now.names[name] = encode(vm, v); });
      for (const Value* p = f->stack; p < f->sp; ++p) now.stack += (now.stack.empty() ? "" : ",") + encode(vm, *p);
      Shown& before = shown_[i];
      bool is_new = before.frame != f || before.code != now.code;
      std::string names;
      for (auto& [name, value] : now.names) {
        auto was = before.names.find(name);
        if (is_new || was == before.names.end() || was->second != value)
          names += (names.empty() ? "" : ",") + json_of(name) + ":" + value;
      }
      if (!is_new)
        for (auto& [name, value] : before.names)
          if (!now.names.contains(name)) names += (names.empty() ? "" : ",") + json_of(name) + ":null";
      if (is_new || !names.empty() || now.stack != before.stack || now.instruction != before.instruction) {
        changes += (changes.empty() ? "" : ",") + ("[" + std::to_string(i)) + "," + (is_new ? "1" : "0") + "," +
                   std::to_string(now.code) + "," + std::to_string(now.instruction) + ",{" + names + "},[" + now.stack +
                   "]]";
      }
      before = std::move(now);
    }
    std::string heap;
    std::map<size_t, std::string> objects;
    for (size_t n = 0; !todo_.empty() && n < kMostObjects; ++n) {
      Value v = todo_.front();
      todo_.pop_front();
      std::string text = "[" + json_of(str_to_utf8(vm.type_of(v)->qualname)) + ",[";
      size_t parts = 0;
      each_part(vm, v, kMostParts + 1, [&](const std::string& name, Value part) {
        if (parts++ == kMostParts) {
          text += ",[\"...\",\"\"]";
        } else {
          text += (parts == 1 ? "[" : ",[") + json_of(name) + "," + encode(vm, part) + "]";
        }
      });
      objects[id_of(v)] = text + "]]";
    }
    for (auto& [id, text] : objects) {
      auto was = heap_.find(id);
      if (was == heap_.end() || was->second != text)
        heap += (heap.empty() ? "\"" : ",\"") + std::to_string(id) + "\":" + text;
    }
    for (auto& [id, text] : heap_)
      if (!objects.contains(id)) heap += (heap.empty() ? "\"" : ",\"") + std::to_string(id) + "\":null";
    heap_ = std::move(objects);
    std::string printed = tap_.take();
    out_ += (steps_++ == 0 ? "{\"d\":" : ",\n{\"d\":") + std::to_string(frames.size()) + ",\"f\":[" + changes + "]";
    if (!heap.empty()) out_ += ",\"h\":{" + heap + "}";
    if (!printed.empty()) out_ += ",\"o\":" + json_of(printed);
    if (!remark_.empty()) out_ += ",\"r\":" + json_of(remark_);
    remark_.clear();
    out_ += "}";
  }
  std::string target(const ObserveOptions& options) const override { return options.html_out; }

  std::vector<Shown> shown_;
  std::map<size_t, std::string> heap_;
  std::set<uint64_t> reached_;
  std::deque<Value> todo_;
  std::string remark_;
};

// --- Python Tutor's format, line by line

class PythonTutor final : public Recorder {
 public:
  uint32_t wanted() const override {
    return event_bit(Event::kLine) | event_bit(Event::kStart) | event_bit(Event::kReturn) | event_bit(Event::kRaise);
  }
  Watched handle(Vm& vm, const EventInfo& info) override {
    if (!note_of(vm, info.frame->code).wanted) return Watched::kDisable;
    if (vm.t.depth > options_.trace_depth) return Watched::kContinue;
    if (steps_ >= kMostSteps || out_.size() > options_.trace_limit) return stop(vm);
    if (file_.empty()) file_ = str_to_utf8(info.frame->code->filename);
    bool module = !info.frame->code->is(kCoOptimized);
    if (info.event == Event::kStart && module) return Watched::kContinue;
    const char* event = info.event == Event::kLine     ? "step_line"
                        : info.event == Event::kStart  ? "call"
                        : info.event == Event::kReturn ? "return"
                                                       : "exception";
    reached_.clear();
    todo_.clear();
    heap_text_.clear();
    printed_ += tap_.take();
    Location at = code_location(info.frame->code, frame_instruction(info.frame));
    std::string text = std::string("{\"event\":\"") + event + "\",\"line\":" + std::to_string(std::max(at.line, 1)) +
                       ",\"func_name\":" + json_of(str_to_utf8(info.frame->code->name)) +
                       ",\"stdout\":" + json_of(printed_);
    if (info.event == Event::kRaise) {
      std::string message;
      safe_repr(vm, info.value, message);
      text += ",\"exception_msg\":" + json_of(str_to_utf8(vm.type_of(info.value)->name));
    }
    std::string globals, order, stack;
    for (Frame* f : frames_of(vm, info.frame)) {
      if (!f->code->is(kCoOptimized)) {
        if (!globals.empty() || !f->locals.is_unset()) continue;
        each_name(vm, f, [&](const std::string& name, Value v) {
          globals += (globals.empty() ? "" : ",") + json_of(name) + ":" + encode(vm, v);
          order += (order.empty() ? "" : ",") + json_of(name);
        });
        continue;
      }
      std::string names, names_order;
      each_name(vm, f, [&](const std::string& name, Value v) {
        names += (names.empty() ? "" : ",") + json_of(name) + ":" + encode(vm, v);
        names_order += (names_order.empty() ? "" : ",") + json_of(name);
      });
      if (f == info.frame && info.event == Event::kReturn) {
        names += (names.empty() ? "" : ",") + ("\"__return__\":" + encode(vm, info.value));
        names_order += (names_order.empty() ? "" : ",") + std::string("\"__return__\"");
      }
      size_t id = frame_ids_.try_emplace(f, frame_ids_.size() + 1).first->second;
      std::string name = str_to_utf8(f->code->name);
      stack += (stack.empty() ? "" : ",") + ("{\"func_name\":" + json_of(name)) +
               ",\"frame_id\":" + std::to_string(id) + ",\"is_highlighted\":" + (f == info.frame ? "true" : "false") +
               ",\"is_parent\":false,\"is_zombie\":false,\"parent_frame_id_list\":[],\"encoded_locals\":{" + names +
               "},\"ordered_varnames\":[" + names_order +
               "],\"unique_hash\":" + json_of(name + "_f" + std::to_string(id)) + "}";
    }
    for (size_t n = 0; !todo_.empty() && n < kMostObjects; ++n) {
      Value v = todo_.front();
      todo_.pop_front();
      heap_text_ += (heap_text_.empty() ? "\"" : ",\"") + std::to_string(id_of(v)) + "\":" + object(vm, v);
    }
    text += ",\"globals\":{" + globals + "},\"ordered_globals\":[" + order + "],\"stack_to_render\":[" + stack +
            "],\"heap\":{" + heap_text_ + "}}";
    out_ += (steps_++ == 0 ? "" : ",\n") + text;
    return Watched::kContinue;
  }
  std::string finish(Vm& vm) override {
    tap_.close();
    return write_file(path_, "{\"code\":" + json_of(source_of(vm, file_)) + ",\"trace\":[\n" + out_ + "\n]}\n");
  }

 private:
  std::string encode(Vm& vm, Value v) {
    if (v.is_none() || v.is_unset()) return "null";
    if (v.is_bool()) return v.is_true() ? "true" : "false";
    std::string text;
    if (v.is_small_int()) {
      int64_t i = v.as_small_int();
      if (i > -(int64_t{1} << 53) && i < (int64_t{1} << 53)) return std::to_string(i);
      return "[\"IMPORTED_FAUX_PRIMITIVE\"," + json_of(std::to_string(i)) + "]";
    }
    if (is_float(v)) {
      safe_repr(vm, v, text);
      return "[\"SPECIAL_FLOAT\"," + json_of(text) + "]";
    }
    if (vm.type_of(v) == vm.types.str) return json_of(str_to_utf8(v.as<Str>()).substr(0, 400));
    if (is_boxed(vm, v) || is_function(v) || is_type(v)) {
      if (reached_.insert(v.bits()).second) todo_.push_back(v);
      return "[\"REF\"," + std::to_string(id_of(v)) + "]";
    }
    safe_repr(vm, v, text);
    return "[\"IMPORTED_FAUX_PRIMITIVE\"," + json_of(text) + "]";
  }
  std::string object(Vm& vm, Value v) {
    if (is_function(v)) {
      const Function* f = v.as<Function>();
      std::string parameters;
      for (uint32_t i = 0; i < f->code->argument_count; ++i)
        parameters += (i == 0 ? "" : ", ") + str_to_utf8(f->code->slot_names->items[i].as<Str>());
      return "[\"FUNCTION\"," + json_of(str_to_utf8(f->name) + "(" + parameters + ")") + ",null]";
    }
    std::string out;
    bool pairs = true;
    if (is_type(v)) {
      out = "[\"CLASS\"," + json_of(str_to_utf8(as_type(v)->name)) + ",[]";
    } else {
      switch (static_cast<Kind>(v.cell()->kind)) {
        case Kind::List:
          out = "[\"LIST\"";
          pairs = false;
          break;
        case Kind::Tuple:
          out = "[\"TUPLE\"";
          pairs = false;
          break;
        case Kind::Set:
          out = "[\"SET\"";
          pairs = false;
          break;
        case Kind::Dict: {
          out = "[\"DICT\"";
          uint32_t i = 0;
          size_t n = 0;
          while (DictEntry* e = dict_next(v.as<Dict>(), i)) {
            if (++n > kMostParts) break;
            out += ",[" + encode(vm, e->key) + "," + encode(vm, e->value) + "]";
          }
          return out + "]";
        }
        default: out = "[\"INSTANCE\"," + json_of(str_to_utf8(vm.type_of(v)->name)); break;
      }
    }
    each_part(vm, v, kMostParts, [&](const std::string& name, Value part) {
      out += pairs ? ",[" + json_of(name) + "," + encode(vm, part) + "]" : "," + encode(vm, part);
    });
    return out + "]";
  }
  std::string target(const ObserveOptions& options) const override { return options.pythontutor_out; }

  std::string file_, printed_, heap_text_;
  std::set<uint64_t> reached_;
  std::deque<Value> todo_;
  std::map<Frame*, size_t> frame_ids_;
};

}  // namespace

std::unique_ptr<Client> html_client() { return std::make_unique<Html>(); }
std::unique_ptr<Client> pythontutor_client() { return std::make_unique<PythonTutor>(); }

}  // namespace krait

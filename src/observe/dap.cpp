#include "observe/dap.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "observe/json.hpp"
#include "observe/listing.hpp"
#include "observe/picture.hpp"
#include "observe/safe_repr.hpp"

namespace krait {
namespace {

std::string quoted(const std::string& s) {
  std::string out;
  json_text(out, s);
  return out;
}

constexpr size_t kMostMessage = 16 << 20;
constexpr ReprBounds kShown{200, 3, 12};

}  // namespace

struct DapServer::Impl {
  int in = -1, out = -1;
  int64_t sequence = 0;
  pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;
  bool closed = false;
  std::string buffer;

  // The program's streams.
  int pipes[2] = {-1, -1};
  pthread_t reader{};
  bool reading = false;

  DapLaunch launch;
  Json launch_request;
  bool stop_on_entry = false, no_debug = false;

  struct Wanted {
    std::vector<Breakpoint> breakpoints;
    bool raised = false;
    int next_id = 1;
  } wanted;
  bool wanted_changed = true;

  void send(const std::string& body) {
    pthread_mutex_lock(&writing);
    std::string message = "{\"seq\":" + std::to_string(++sequence) + "," + body + "}";
    message = "Content-Length: " + std::to_string(message.size()) + "\r\n\r\n" + message;
    size_t at = 0;
    while (at < message.size() && !closed) {
      ssize_t n = ::write(out, message.data() + at, message.size() - at);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        closed = true;
        break;
      }
      at += static_cast<size_t>(n);
    }
    pthread_mutex_unlock(&writing);
  }
  void event(const std::string& name, const std::string& body) {
    send("\"type\":\"event\",\"event\":\"" + name + "\",\"body\":{" + body + "}");
  }
  void respond(const Json& request, const std::string& body, bool good = true, const std::string& message = "") {
    std::string text = "\"type\":\"response\",\"request_seq\":" + std::to_string(request["seq"].integer()) +
                       ",\"command\":" + quoted(request["command"].text) + ",\"success\":" + (good ? "true" : "false");
    if (!message.empty()) text += ",\"message\":" + quoted(message);
    send(text + ",\"body\":{" + body + "}");
  }

  bool readable() const {
    if (!buffer.empty()) return true;
    pollfd p{in, POLLIN, 0};
    return ::poll(&p, 1, 0) > 0;
  }
  /// One message; false: the client is gone.
  bool receive(Json& request) {
    while (!closed) {
      size_t head = buffer.find("\r\n\r\n");
      if (head != std::string::npos) {
        size_t at = buffer.find("Content-Length:");
        size_t length = at < head ? static_cast<size_t>(std::strtoul(buffer.c_str() + at + 15, nullptr, 10)) : 0;
        if (length > kMostMessage) break;
        if (buffer.size() >= head + 4 + length) {
          std::string text = buffer.substr(head + 4, length);
          buffer.erase(0, head + 4 + length);
          request = Json();
          if (json_parse(text, request) && request.kind == Json::kObject) return true;
          continue;
        }
      } else if (buffer.size() > 65536) {
        break;
      }
      char chunk[4096];
      ssize_t n = ::read(in, chunk, sizeof chunk);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      buffer.append(chunk, static_cast<size_t>(n));
    }
    closed = true;
    return false;
  }

  static void* read_program(void* argument) {
    Impl& self = *static_cast<Impl*>(argument);
    char chunk[4096];
    ssize_t n;
    while ((n = ::read(self.pipes[0], chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR))
      if (n > 0) self.event("output", "\"category\":\"stdout\",\"output\":" + quoted({chunk, static_cast<size_t>(n)}));
    return nullptr;
  }
  /// From here on the program's output goes to the client.
  bool capture_output() {
    if (::pipe(pipes) != 0) return false;
    ::dup2(pipes[1], STDOUT_FILENO);
    ::dup2(pipes[1], STDERR_FILENO);
    ::close(pipes[1]);
    int nothing = ::open("/dev/null", O_RDONLY);
    if (nothing >= 0) {
      ::dup2(nothing, STDIN_FILENO);
      ::close(nothing);
    }
    reading = pthread_create(&reader, nullptr, read_program, this) == 0;
    return reading;
  }

  void set_breakpoints(const Json& request) {
    const Json& arguments = request["arguments"];
    bool functions = request["command"].text == "setFunctionBreakpoints";
    std::string file = arguments["source"]["path"].text;
    std::erase_if(wanted.breakpoints, [&](const Breakpoint& b) {
      return functions ? !b.function.empty() : b.function.empty() && b.file == file;
    });
    std::string list;
    for (const Json& row : arguments["breakpoints"].items) {
      Breakpoint b;
      b.id = wanted.next_id++;
      b.condition = row["condition"].text;
      if (functions) {
        b.function = row["name"].text;
      } else {
        b.file = file;
        b.line = static_cast<int>(row["line"].integer());
      }
      list += (list.empty() ? "" : ",") + ("{\"id\":" + std::to_string(b.id)) + ",\"verified\":true" +
              (functions ? "" : ",\"line\":" + std::to_string(b.line)) + "}";
      wanted.breakpoints.push_back(b);
    }
    wanted_changed = true;
    respond(request, "\"breakpoints\":[" + list + "]");
  }

  /// What can be answered at any time. False: it needs a stopped program.
  bool answer_anytime(const Json& request) {
    const std::string& command = request["command"].text;
    if (command == "initialize") {
      respond(
          request,
          "\"supportsConfigurationDoneRequest\":true,\"supportsFunctionBreakpoints\":true,"
          "\"supportsConditionalBreakpoints\":true,"
          "\"supportsEvaluateForHovers\":true,\"supportsStepBack\":true,\"supportsSetVariable\":true,"
          "\"supportsDisassembleRequest\":true,"
          "\"supportsSteppingGranularity\":true,\"supportsExceptionInfoRequest\":true,\"supportsTerminateRequest\":"
          "true,"
          "\"exceptionBreakpointFilters\":[{\"filter\":\"raised\",\"label\":\"Raised exceptions\",\"default\":false}]");
      event("initialized", "");
    } else if (command == "setBreakpoints" || command == "setFunctionBreakpoints") {
      set_breakpoints(request);
    } else if (command == "setExceptionBreakpoints") {
      wanted.raised = false;
      for (const Json& filter : request["arguments"]["filters"].items) wanted.raised |= filter.text == "raised";
      wanted_changed = true;
      respond(request, "");
    } else if (command == "threads") {
      respond(request, "\"threads\":[{\"id\":1,\"name\":\"main\"}]");
    } else {
      return false;
    }
    return true;
  }
};

namespace {

using Impl = DapServer::Impl;

class DapDebugger final : public Debugger {
 public:
  explicit DapDebugger(Impl& server) : server_(server) {
    stop_at_entry = server.stop_on_entry;
    take_wanted();
  }
  std::string start(Vm&, const ObserveOptions&) override { return ""; }
  std::string finish(Vm&) override { return ""; }
  void trace(Marker& marker) override {
    Debugger::trace(marker);
    for (const Reference& r : references_) marker.mark(r.value);
    for (Code* code : codes_) marker.mark_cell(code);
  }

 protected:
  bool pause_wanted() override {
    if (++turns_ % 64 != 0 || !server_.readable()) return false;
    Json request;
    bool stop = false;
    while (server_.readable()) {
      if (!server_.receive(request)) {
        quit_ = true;
        return true;
      }
      const std::string& command = request["command"].text;
      if (server_.answer_anytime(request)) continue;
      if (command == "pause") {
        server_.respond(request, "");
        stop = true;
      } else if (command == "disconnect" || command == "terminate") {
        server_.respond(request, "");
        quit_ = true;
        return true;
      } else {
        server_.respond(request, "", false, "the program is running");
      }
    }
    take_wanted();
    return stop;
  }

  Go ask(Vm& vm, const EventInfo& info, Why why, const Breakpoint* breakpoint) override {
    if (quit_) return Go::kRun;
    const char* reason = why == Why::kEntry  ? "entry"
                         : why == Why::kStep ? "step"
                         : why == Why::kBreakpoint
                             ? (breakpoint->function.empty() ? "breakpoint" : "function breakpoint")
                         : why == Why::kException ? "exception"
                                                  : "pause";
    stopped(reason, why == Why::kException ? type_name(vm, info.value) : "", breakpoint);
    exception_ = why == Why::kException ? info.value : Value();
    Json request;
    while (server_.receive(request)) {
      if (server_.answer_anytime(request)) {
        take_wanted();
        continue;
      }
      Go go = Go::kRun;
      const std::string& command = request["command"].text;
      if (command == "disconnect" || command == "terminate") {
        server_.respond(request, "");
        quit_ = true;
        return Go::kRun;
      }
      if (resumes(command, request, go)) {
        bool step = go != Go::kRun;
        server_.respond(request, command == "continue" ? "\"allThreadsContinued\":true" : "");
        bool restored;
        if (step && past() != nullptr && go_back(vm, info, true, &restored)) {
          stopped("step", "", nullptr);
          continue;
        }
        references_.clear();
        exception_ = Value();
        return go;
      }
      serve(vm, info, command, request);
      if (vm.has_pending()) return Go::kRun;
    }
    quit_ = true;
    return Go::kRun;
  }

 private:
  /// What a variablesReference stands for.
  struct Reference {
    enum Kind : uint8_t { kLocals, kGlobals, kOperands, kValue } kind;
    size_t frame;
    Value value;
  };

  void take_wanted() {
    if (!server_.wanted_changed) return;
    server_.wanted_changed = false;
    for (Breakpoint& b : server_.wanted.breakpoints)
      for (const Breakpoint& old : breakpoints)
        if (old.id == b.id) b.hits = old.hits;
    breakpoints = server_.wanted.breakpoints;
    stop_on_raise = server_.wanted.raised;
  }
  static std::string type_name(Vm& vm, Value v) { return str_to_utf8(vm.type_of(v)->qualname); }
  void stopped(const char* reason, const std::string& text, const Breakpoint* breakpoint) {
    references_.clear();
    std::string body = "\"reason\":" + quoted(reason) + ",\"threadId\":1,\"allThreadsStopped\":true";
    if (!text.empty()) body += ",\"text\":" + quoted(text);
    if (breakpoint != nullptr) body += ",\"hitBreakpointIds\":[" + std::to_string(breakpoint->id) + "]";
    server_.event("stopped", body);
  }
  static bool resumes(const std::string& command, const Json& request, Go& go) {
    bool instruction = request["arguments"]["granularity"].text == "instruction";
    if (command == "continue")
      go = Go::kRun;
    else if (command == "next")
      go = instruction ? Go::kInstruction : Go::kNext;
    else if (command == "stepIn")
      go = instruction ? Go::kInstruction : Go::kStepIn;
    else if (command == "stepOut")
      go = Go::kFinish;
    else
      return false;
    return true;
  }

  std::string source_of(const Code* code) {
    std::string file = str_to_utf8(code->filename);
    return "\"source\":{\"name\":" + quoted(file.substr(file.rfind('/') + 1)) + ",\"path\":" + quoted(file) + "}";
  }
  std::string pointer_to(Code* code, uint32_t instruction) {
    bool known = false;
    for (Code* c : codes_) known |= c == code;
    if (!known) codes_.push_back(code);
    char text[32];
    snprintf(text, sizeof text, "0x%llx",
             static_cast<unsigned long long>(reinterpret_cast<uintptr_t>(code)) + instruction * sizeof(Instruction));
    return text;
  }
  int64_t reference(Reference r) {
    references_.push_back(r);
    return static_cast<int64_t>(references_.size());
  }

  void serve(Vm& vm, const EventInfo& info, const std::string& command, const Json& request) {
    const Json& arguments = request["arguments"];
    if (command == "stackTrace") return stack_trace(vm, info, request);
    if (command == "scopes") {
      size_t frame = static_cast<size_t>(arguments["frameId"].integer(1)) - 1;
      if (past() == nullptr && frame_at(info, frame) == nullptr)
        return server_.respond(request, "", false, "there is no such frame");
      std::string body;
      struct Row {
        const char* name;
        Reference::Kind kind;
        bool expensive;
      };
      for (const Row& row :
           {Row{"Locals", Reference::kLocals, false}, Row{"Operand stack", Reference::kOperands, false},
            Row{"Globals", Reference::kGlobals, true}}) {
        if (past() != nullptr && row.kind == Reference::kGlobals) continue;
        body += (body.empty() ? "" : ",") + ("{\"name\":" + quoted(row.name)) +
                ",\"variablesReference\":" + std::to_string(reference({row.kind, frame, Value()})) +
                ",\"expensive\":" + (row.expensive ? "true}" : "false}");
      }
      return server_.respond(request, "\"scopes\":[" + body + "]");
    }
    if (command == "variables") {
      std::string body;
      for (const Variable& v : children(vm, info, arguments["variablesReference"].integer()))
        body += (body.empty() ? "" : ",") + variable(vm, v);
      return server_.respond(request, "\"variables\":[" + body + "]");
    }
    if (command == "evaluate" || command == "setVariable") {
      size_t index = 0;
      if (command == "evaluate") {
        index = static_cast<size_t>(arguments["frameId"].integer(1)) - 1;
      } else {
        int64_t r = arguments["variablesReference"].integer();
        if (r < 1 || r > static_cast<int64_t>(references_.size()) ||
            references_[static_cast<size_t>(r - 1)].kind != Reference::kLocals)
          return server_.respond(request, "", false, "only locals can be set");
        index = references_[static_cast<size_t>(r - 1)].frame;
      }
      Frame* frame = frame_at(info, index);
      if (frame == nullptr || past() != nullptr)
        return server_.respond(request, "", false, "there is no such frame now");
      std::string error;
      Value v =
          evaluate(vm, frame, command == "evaluate" ? arguments["expression"].text : arguments["value"].text, error);
      if (!v.is_unset() && command == "setVariable") error = set_variable(vm, frame, arguments["name"].text, v);
      if (!error.empty() || v.is_unset()) return server_.respond(request, "", false, error);
      std::string shown;
      safe_repr(vm, v, shown, kShown);
      return server_.respond(request, std::string(command == "evaluate" ? "\"result\":" : "\"value\":") +
                                          quoted(shown) + ",\"type\":" + quoted(type_name(vm, v)) +
                                          ",\"variablesReference\":" + std::to_string(value_reference(vm, v)));
    }
    if (command == "stepBack" || command == "reverseContinue") {
      bool restored, any = false;
      while (go_back(vm, info, false, &restored)) {
        any = true;
        if (command == "stepBack") break;
        if (reverse_stop()) break;
      }
      if (!any) return server_.respond(request, "", false, "there is no record of an earlier step");
      server_.respond(request, "");
      return stopped("step", "", nullptr);
    }
    if (command == "exceptionInfo") {
      if (exception_.is_unset()) return server_.respond(request, "", false, "there is no exception");
      std::string shown;
      safe_repr(vm, as_exception(exception_)->args, shown, kShown);
      return server_.respond(request, "\"exceptionId\":" + quoted(type_name(vm, exception_)) +
                                          ",\"description\":" + quoted(shown) + ",\"breakMode\":\"always\"");
    }
    if (command == "disassemble") return disassemble_code(vm, request);
    if (command == "source") return server_.respond(request, "", false, "the source is in its file");
    if (command == "pause") return server_.respond(request, "");
    server_.respond(request, "", false, "unknown request '" + command + "'");
  }

  bool reverse_stop() const {
    const Step* step = past();
    if (step == nullptr) return false;
    for (const Breakpoint& b : breakpoints)
      if (b.enabled && b.function.empty() && b.line == step->frames[0].line &&
          str_to_utf8(step->frames[0].code->filename).ends_with(b.file))
        return true;
    return false;
  }

  void stack_trace(Vm& vm, const EventInfo& info, const Json& request) {
    std::string frames;
    size_t count = 0;
    auto add = [&](Code* code, uint32_t instruction) {
      Location at = code_location(code, instruction);
      frames += (frames.empty() ? "" : ",") + ("{\"id\":" + std::to_string(++count)) +
                ",\"name\":" + quoted(str_to_utf8(code->qualname)) + "," + source_of(code) +
                ",\"line\":" + std::to_string(at.line) + ",\"column\":" + std::to_string(at.column + 1) +
                ",\"instructionPointerReference\":" + quoted(pointer_to(code, instruction)) + "}";
    };
    if (const Step* step = past()) {
      for (const RecordedFrame& f : step->frames) add(f.code, f.instruction);
    } else {
      for (Frame* f = info.frame; f != nullptr; f = f->previous) add(f->code, place(info, f));
    }
    server_.respond(request, "\"stackFrames\":[" + frames + "],\"totalFrames\":" + std::to_string(count));
  }

  std::vector<Variable> children(Vm& vm, const EventInfo& info, int64_t number) {
    std::vector<Variable> out;
    if (number < 1 || number > static_cast<int64_t>(references_.size())) return out;
    Reference r = references_[static_cast<size_t>(number - 1)];
    if (r.kind == Reference::kValue) {
      each_part(vm, r.value, kMostChildren, [&](const std::string& name, Value v) { out.push_back({name, v}); });
      return out;
    }
    if (past() != nullptr) {
      if (r.frame >= past()->frames.size()) return out;
      const RecordedFrame& f = past()->frames[r.frame];
      const std::vector<Value>& values = r.kind == Reference::kLocals ? f.slots : f.stack;
      for (size_t i = 0; i < values.size(); ++i) {
        if (values[i].is_unset() && r.kind == Reference::kLocals) continue;
        out.push_back(
            {r.kind == Reference::kLocals ? str_to_utf8(f.code->slot_names->items[i].as<Str>()) : std::to_string(i),
             values[i]});
      }
      return out;
    }
    Frame* frame = frame_at(info, r.frame);
    if (frame == nullptr) return out;
    if (r.kind == Reference::kLocals) return locals_of(vm, frame);
    if (r.kind == Reference::kGlobals) return globals_of(vm, frame);
    for (const Value* p = frame->stack; p < frame->sp; ++p) out.push_back({std::to_string(p - frame->stack), *p});
    return out;
  }
  int64_t value_reference(Vm& vm, Value v) { return has_parts(vm, v) ? reference({Reference::kValue, 0, v}) : 0; }
  std::string variable(Vm& vm, const Variable& v) {
    std::string shown;
    safe_repr(vm, v.value, shown, kShown);
    return "{\"name\":" + quoted(v.name) + ",\"value\":" + quoted(shown) +
           ",\"type\":" + quoted(v.value.is_unset() ? "" : type_name(vm, v.value)) +
           ",\"variablesReference\":" + std::to_string(v.value.is_unset() ? 0 : value_reference(vm, v.value)) + "}";
  }

  void disassemble_code(Vm& vm, const Json& request) {
    const Json& arguments = request["arguments"];
    uintptr_t address = static_cast<uintptr_t>(std::strtoull(arguments["memoryReference"].text.c_str(), nullptr, 16)) +
                        static_cast<uintptr_t>(arguments["offset"].integer());
    Code* code = nullptr;
    for (Code* c : codes_) {
      uintptr_t begin = reinterpret_cast<uintptr_t>(c);
      if (address >= begin && address < begin + c->instruction_count * sizeof(Instruction)) code = c;
    }
    if (code == nullptr) return server_.respond(request, "", false, "there is no code at that place");
    int64_t at = static_cast<int64_t>((address - reinterpret_cast<uintptr_t>(code)) / sizeof(Instruction)) +
                 arguments["instructionOffset"].integer();
    int64_t count = std::min<int64_t>(arguments["instructionCount"].integer(), 2000);
    Listing listing = code_listing(vm, code);
    std::string body;
    for (int64_t i = at; i < at + count; ++i) {
      char place_text[32];
      snprintf(
          place_text, sizeof place_text, "0x%llx",
          static_cast<unsigned long long>(reinterpret_cast<uintptr_t>(code)) + static_cast<unsigned long long>(i) * 4);
      std::string text = "(invalid)";
      std::string where;
      if (i >= 0 && i < static_cast<int64_t>(listing.size())) {
        const ListedInstruction& row = listing[static_cast<size_t>(i)];
        text = row.name + (row.has_arg ? " " + std::to_string(row.arg) : "") +
               (row.meaning.empty() ? "" : " (" + row.meaning + ")");
        where = ",\"line\":" + std::to_string(code_location(code, static_cast<uint32_t>(i)).line) +
                ",\"location\":" + source_of(code).substr(9);
      }
      body += (body.empty() ? "" : ",") + ("{\"address\":" + quoted(place_text)) + ",\"instruction\":" + quoted(text) +
              where + "}";
    }
    server_.respond(request, "\"instructions\":[" + body + "]");
  }

  static constexpr size_t kMostChildren = 200;
  Impl& server_;
  std::vector<Reference> references_;
  std::vector<Code*> codes_;
  Value exception_;
  uint64_t turns_ = 0;
};

}  // namespace

DapServer::DapServer() : impl_(std::make_unique<Impl>()) {}
DapServer::~DapServer() {
  if (impl_->in >= 0) ::close(impl_->in);
  if (impl_->out >= 0 && impl_->out != impl_->in) ::close(impl_->out);
}

std::string DapServer::open(int port) {
  if (port < 0) {
    impl_->in = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
    impl_->out = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    return "";
  }
  int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 1) != 0) {
    std::string error = "cannot listen on port " + std::to_string(port) + ": " + std::strerror(errno);
    ::close(listener);
    return error;
  }
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::fprintf(stderr, "krait: waiting for a debugger on 127.0.0.1:%d\n", ntohs(address.sin_port));
  impl_->in = impl_->out = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  ::close(listener);
  return impl_->in < 0 ? std::string("no connection: ") + std::strerror(errno) : "";
}

DapLaunch DapServer::wait_for_launch() {
  Json request, launch;
  bool launched = false, configured = false;
  while (!(launched && configured)) {
    if (!impl_->receive(request)) {
      impl_->launch.ended = true;
      return impl_->launch;
    }
    const std::string& command = request["command"].text;
    if (impl_->answer_anytime(request)) continue;
    if (command == "launch") {
      const Json& arguments = request["arguments"];
      impl_->launch.program = arguments["program"].text;
      for (const Json& a : arguments["args"].items) impl_->launch.arguments.push_back(a.text);
      impl_->stop_on_entry = arguments["stopOnEntry"].truth();
      impl_->no_debug = arguments["noDebug"].truth();
      if (impl_->launch.program.empty()) {
        impl_->respond(request, "", false, "launch wants a program");
        continue;
      }
      if (!arguments["cwd"].text.empty() && ::chdir(arguments["cwd"].text.c_str()) != 0) {
        impl_->respond(request, "", false, std::string("cannot go to its folder: ") + std::strerror(errno));
        continue;
      }
      launched = true;
      impl_->respond(request, "");
    } else if (command == "configurationDone") {
      configured = true;
      impl_->respond(request, "");
    } else if (command == "disconnect" || command == "terminate") {
      impl_->respond(request, "");
      impl_->launch.ended = true;
      return impl_->launch;
    } else {
      impl_->respond(
          request, "", false,
          command == "attach" ? "attaching is not supported: launch the program" : "the program is not running");
    }
  }
  impl_->capture_output();
  return impl_->launch;
}

std::unique_ptr<Client> DapServer::debugger() { return std::make_unique<DapDebugger>(*impl_); }

void DapServer::finish(int exit_code) {
  if (impl_->reading) {
    // The last holders of the pipe's other end: then the reader sees its end.
    ::close(STDOUT_FILENO);
    ::close(STDERR_FILENO);
    pthread_join(impl_->reader, nullptr);
  }
  impl_->event("exited", "\"exitCode\":" + std::to_string(exit_code));
  impl_->event("terminated", "");
  Json request;
  while (impl_->receive(request)) {
    const std::string& command = request["command"].text;
    if (impl_->answer_anytime(request)) continue;
    bool end = command == "disconnect" || command == "terminate";
    impl_->respond(request, "", end, end ? "" : "the program has ended");
    if (end) break;
  }
}

}  // namespace krait

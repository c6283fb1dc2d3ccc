// Signals of the process, for the one Vm that takes them.
//
// A C handler may do next to nothing, and has nobody to ask whose signal it is. So there is one block of atomic flags per process
// (the only mutable global of Krait): the handler notes the signal there and sets the poll flag of the Vm that is attached. That Vm
// answers at its next poll, on its main thread, in native loops as anywhere else; waiting system calls end with EINTR and poll.
#pragma once

#include <cstdint>

#include "objects/vm.hpp"

namespace krait {

constexpr int kSignalCount = 65;  ///< one more than the highest number

/// Makes this Vm the receiver of the process's signals. False: another one is.
bool signals_attach(Vm& vm);
/// Gives that up; every signal that was caught gets its default disposition again. Does nothing for a Vm that is not attached.
void signals_detach(Vm& vm);
bool signals_attached(const Vm& vm);

enum class SignalDisposition : uint8_t { kDefault, kIgnore, kCatch, kOther };
SignalDisposition signal_disposition(int number);
/// False with errno set: not for this signal.
bool signal_set(int number, SignalDisposition disposition);

/// Answers a caught signal, at a poll of the main thread. Without one (or while it is null) SIGINT raises KeyboardInterrupt and
/// other signals are dropped.
using SignalAnswer = Status (*)(Vm& vm, int number);
void signals_set_answer(Vm& vm, SignalAnswer answer);
/// As if the signal had arrived (_thread.interrupt_main).
void signal_note(int number);
/// What a report is followed by: the signal's default action, the handler that was there before, or nothing.
enum class SignalAfter : uint8_t { kDie, kChain, kReturn };
/// Runs inside the signal's handler, on whatever thread it arrived: it may do next to nothing (see faulthandler).
using SignalReport = void (*)(Vm& vm, int number);
/// Takes the signal for a report; null gives it back. False with errno set: not for this signal, or not this Vm's to take.
bool signal_set_report(Vm& vm, int number, SignalReport report, SignalAfter after);

/// The arrival of a signal writes its number to this descriptor; -1: none. Gives the previous one.
int signals_set_wakeup_fd(int fd);

}  // namespace krait

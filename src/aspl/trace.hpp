// The traced stack: every instruction before it runs, with the operands that the running function has.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "aspl/listing.hpp"
#include "interp/instrument.hpp"

namespace krait::aspl {

/// Traces while it lives. What it shows goes to where `print` writes.
class StackTrace final : public Observer {
 public:
  explicit StackTrace(Vm& vm);
  ~StackTrace();
  StackTrace(const StackTrace&) = delete;
  StackTrace& operator=(const StackTrace&) = delete;

  /// False: there is no memory for it.
  Status start();

 private:
  Watched handle(Vm& vm, const EventInfo& info) override;
  Result<bool> show(const EventInfo& info);

  Vm& vm_;
  /// Code that runs while this lives is kept by the frames and functions of the script.
  std::unordered_map<const Code*, std::vector<ListedInstruction>> listings_;
};

}  // namespace krait::aspl

// Frame objects that are lent to watchers.
//
// A trace function that is told of each call would cost a frame object for each, with the locals copied into it when the frame ends, only
// because it might keep it. Most look at a few attributes. Such a function is lent an object: when the frame ends it is filled with
// nothing and serves the next one.
//
// That is right as long as nobody else has got hold of it. So a loan ends (the object is an ordinary one from then on) as soon as
//  1. somebody asks for the frame's object by frame_object(), as everything does that gives frame objects away;
//  2. somebody asks for the object of the frame of a function that it was lent to: who has that reaches its locals;
//  3. a collection has come by while it was lent: what walks the heap for a program collects first.
#pragma once

#include "interp/frame.hpp"

namespace krait {

/// In Cell::bits of a FrameObject.
constexpr uint16_t kFrameLent = 1;

/// The frame's object, lent if nobody has asked for it yet. For functions that only_reads_first_argument() holds for.
Result<FrameObject*> frame_lend(Vm& vm, Frame* frame);
/// Does this code do nothing with its first argument, a frame object, but read (or set) attributes that do not lead back to it?
bool only_reads_first_argument(const Code* code);

}  // namespace krait

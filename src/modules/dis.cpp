// dis, opcode and _opcode: Krait's instructions for programs. The reading of code objects is
// bytecode/disassembler.cpp's; what is only arrangement - the record types, Bytecode, printing - is Python
// text, run when the module is first imported.
#include "bytecode/disassembler.hpp"
#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"

namespace krait {
namespace {

constexpr uint32_t kOpCount = static_cast<uint32_t>(Op::kCanonicalCount);

Result<const Code*> code_argument(Vm& vm, Value v) {
  if (!is_code(v)) return vm.raise(E::TypeError, "expected a code object, not {}", type_name_of(v));
  return v.as<Code>();
}

Value optional_int(int64_t i) { return i < 0 ? Value::none() : Value::small_int(i); }

// What an operand stands for, as a value.
Value argument_value(Vm& vm, const Code* code, const DisInstruction& i) {
  if (!i.has_arg) return Value::none();
  uint64_t arg = static_cast<uint64_t>(i.arg);
  switch (kOpInfo[static_cast<int>(i.op)].operand) {
    case Operand::Const:
      if (arg < code->consts->length) return code->consts->items[arg];
      break;
    case Operand::Name:
      if (arg < code->names->length) return code->names->items[arg];
      break;
    case Operand::Local:
    case Operand::Cell:
      if (arg < code->slot_names->length) return code->slot_names->items[arg];
      break;
    case Operand::Jump: return Value::small_int(i.target * 4);
    case Operand::Compare: return str_from_utf8(vm, i.arg_text);
    default: break;
  }
  return Value::small_int(i.arg);
}

// [(opname, opcode, arg, argval, argrepr, offset, starts_line, line, label, (line, end line, column, end
// column), target)]
Value read_code(Vm& vm, Args a) {
  const Code* code = TRY(code_argument(vm, a[0]));
  Disassembly d;
  TRY(disassemble(vm, code, d));
  List* out = TRY(list_new(vm, d.instructions.size()));
  for (const DisInstruction& i : d.instructions) {
    TRY(vm.poll());
    Value argval = argument_value(vm, code, i);
    if (argval.is_error()) return argval;
    const Location& l = i.location;
    Value fields[] = {TRY(vm.intern(kOpInfo[static_cast<int>(i.op)].name)),
                      Value::small_int(static_cast<int>(i.op)),
                      i.has_arg ? Value::small_int(i.arg) : Value::none(),
                      argval,
                      TRY(str_from_generalised_utf8(vm, i.arg_text)),
                      Value::small_int(int64_t{i.index} * 4),
                      Value::boolean(i.starts_line),
                      optional_int(l.line),
                      i.label == 0 ? Value::none() : Value::small_int(i.label),
                      TRY(tuple_of(vm, optional_int(l.line), optional_int(l.line < 0 ? -1 : l.end_line),
                                   optional_int(l.column), optional_int(l.end_column))),
                      optional_int(i.target < 0 ? -1 : i.target * 4)};
    TRY(list_append(vm, out, TRY(tuple_from_span(vm, fields))));
  }
  return out;
}

// The listing as text: code, current offset or -1, show offsets, levels of nested code objects, first line.
Value listing(Vm& vm, Args a) {
  const Code* code = TRY(code_argument(vm, a[0]));
  DisOptions options;
  int64_t current = TRY(index_clipped(vm, a[1]));
  options.current = current < 0 ? -1 : current / 4;
  options.show_offsets = TRY(truthy(vm, a[2]));
  int64_t depth = TRY(index_clipped(vm, a[3]));
  options.line_offset = static_cast<int32_t>(TRY(index_clipped(vm, a[4])));
  options.show_positions = TRY(truthy(vm, a[5]));
  std::string text;
  TRY(disassembly_text_recursive(vm, code, options,
                                 static_cast<int>(depth < -1     ? -1
                                                  : depth > 1000 ? 1000
                                                                 : depth),
                                 text));
  return str_from_generalised_utf8(vm, text);
}

// [(start, end, target, depth, lasti)] in offsets.
Value exception_entries(Vm& vm, Args a) {
  const Code* code = TRY(code_argument(vm, a[0]));
  List* out = TRY(list_new(vm));
  for (const Handler& h : code->handler_table()) {
    TRY(list_append(vm, out,
                    TRY(tuple_of(vm, Value::small_int(int64_t{h.start} * 4), Value::small_int(int64_t{h.end} * 4),
                                 Value::small_int(int64_t{h.target} * 4), Value::small_int(h.depth),
                                 Value::boolean(h.push_lasti != 0)))));
  }
  return out;
}

Value stack_effect(Vm& vm, Args a) {
  int64_t opcode = TRY(index_checked(vm, a[0], E::OverflowError));
  if (opcode < 0 || opcode >= kOpCount) return vm.raise(E::ValueError, "invalid opcode or oparg");
  Op op = static_cast<Op>(opcode);
  bool takes = kOpInfo[opcode].operand != Operand::None;
  bool given = a.has(1) && !a[1].is_none();
  if (takes && !given)
    return vm.raise(E::ValueError, "stack_effect: opcode requires oparg but oparg was not specified");
  if (!takes && given)
    return vm.raise(E::ValueError, "stack_effect: opcode does not permit oparg but oparg was specified");
  int64_t arg = given ? TRY(index_checked(vm, a[1], E::OverflowError)) : 0;
  int fall = op_pushes(op, arg) - op_pops(op, arg);
  int taken = kOpInfo[opcode].flags & kOpJumps ? jump_effect(op) : fall;
  Value jump = a.get(2, Value::none());
  if (jump.is_true()) return Value::small_int(taken);
  if (jump.is_false()) return Value::small_int(fall);
  if (jump.is_none()) return Value::small_int(taken > fall ? taken : fall);
  return vm.raise(E::ValueError, "stack_effect: jump must be False, True or None");
}

Result<bool> has_operand(Vm& vm, Value v, std::initializer_list<Operand> wanted) {
  int64_t opcode = TRY(index_checked(vm, v, E::OverflowError));
  if (opcode < 0 || opcode >= kOpCount) return false;
  for (Operand o : wanted)
    if (kOpInfo[opcode].operand == o) return true;
  return false;
}
Value is_valid(Vm& vm, Args a) {
  int64_t opcode = TRY(index_checked(vm, a[0], E::OverflowError));
  return Value::boolean(opcode >= 0 && opcode < kOpCount);
}
Value has_arg(Vm& vm, Args a) {
  int64_t opcode = TRY(index_checked(vm, a[0], E::OverflowError));
  return Value::boolean(opcode >= 0 && opcode < kOpCount && kOpInfo[opcode].operand != Operand::None);
}
Value has_const(Vm& vm, Args a) { return Value::boolean(TRY(has_operand(vm, a[0], {Operand::Const}))); }
Value has_name(Vm& vm, Args a) { return Value::boolean(TRY(has_operand(vm, a[0], {Operand::Name}))); }
Value has_jump(Vm& vm, Args a) { return Value::boolean(TRY(has_operand(vm, a[0], {Operand::Jump}))); }
Value has_local(Vm& vm, Args a) { return Value::boolean(TRY(has_operand(vm, a[0], {Operand::Local}))); }
Value has_free(Vm& vm, Args a) { return Value::boolean(TRY(has_operand(vm, a[0], {Operand::Cell}))); }
Value has_exc(Vm&, Args) { return Value::false_(); }
Value none(Vm&, Args) { return Value::none(); }

template <class Name>
Value names_of(Vm& vm, Name name) {
  List* list = TRY(list_new(vm));
  for (uint32_t i = 0; name(i) != nullptr; ++i) TRY(list_append(vm, list, TRY(vm.intern(name(i)))));
  return list;
}
Value intrinsic1_descs(Vm& vm, Args) { return names_of(vm, intrinsic_1_name); }
Value intrinsic2_descs(Vm& vm, Args) { return names_of(vm, intrinsic_2_name); }
Value special_method_names(Vm& vm, Args) { return names_of(vm, special_method_name); }
Value nb_ops(Vm& vm, Args) {
  List* list = TRY(list_new(vm));
  for (uint32_t i = 0; binary_op_text(i) != nullptr; ++i) {
    Str* text = TRY(vm.intern(binary_op_text(i)));
    TRY(list_append(vm, list, TRY(tuple_of(vm, text, text))));
  }
  return list;
}

constexpr NativeRow kOpcodeFunctions[] = {
    {"stack_effect(opcode, oparg=None, /, *, jump=None)", stack_effect, 0,
     "What an instruction does to the depth of the stack."},
    {"is_valid(opcode)", is_valid, kPure, "Is there an instruction with this number?"},
    {"has_arg(opcode)", has_arg, kPure, "Does the instruction use its operand?"},
    {"has_const(opcode)", has_const, kPure, "Is the operand the number of a constant?"},
    {"has_name(opcode)", has_name, kPure, "Is the operand the number of a name?"},
    {"has_jump(opcode)", has_jump, kPure, "Is the operand a jump's distance?"},
    {"has_local(opcode)", has_local, kPure, "Is the operand the number of a local variable?"},
    {"has_free(opcode)", has_free, kPure, "Is the operand the number of a cell?"},
    {"has_exc(opcode)", has_exc, kPure, "Does the instruction set up an exception handler?"},
    {"get_intrinsic1_descs()", intrinsic1_descs, 0, "Names of the unary intrinsic functions."},
    {"get_intrinsic2_descs()", intrinsic2_descs, 0, "Names of the binary intrinsic functions."},
    {"get_nb_ops()", nb_ops, 0, "The operators of BINARY_OP, as pairs."},
    {"get_special_method_names()", special_method_names, 0, "The special methods of LOAD_SPECIAL."},
    {"get_executor(*, code, offset)", none, 0, "None: code has no executors of this kind."},
    {"get_specialization_stats()", none, 0, "None: no such statistics are kept."},
};

/// No instruction has this number, but tools look for the name and compare with it.
constexpr uint32_t kExtendedArg = 255;
static_assert(kOpCount <= kExtendedArg);

// The tables that opcode and dis show.
Status add_tables(Vm& vm, Module* m) {
  List* opname = TRY(list_new(vm, 256));
  Dict* opmap = TRY(dict_new(vm, kOpCount));
  List *hasarg = TRY(list_new(vm)), *hasconst = TRY(list_new(vm)), *hasname = TRY(list_new(vm)),
       *hasjump = TRY(list_new(vm)), *haslocal = TRY(list_new(vm)), *hasfree = TRY(list_new(vm)),
       *hascompare = TRY(list_new(vm));
  for (uint32_t i = 0; i < 256; ++i) {
    if (i == kExtendedArg) {
      Str* name = TRY(vm.intern("EXTENDED_ARG"));
      TRY(list_append(vm, opname, name));
      TRY(dict_set_str(vm, opmap, name, Value::small_int(i)));
      continue;
    }
    if (i >= kOpCount) {
      TRY(list_append(vm, opname, TRY(str_message(vm, "<{}>", i))));
      continue;
    }
    Str* name = TRY(vm.intern(kOpInfo[i].name));
    Value number = Value::small_int(i);
    TRY(list_append(vm, opname, name));
    TRY(dict_set_str(vm, opmap, name, number));
    Operand o = kOpInfo[i].operand;
    if (o != Operand::None) TRY(list_append(vm, hasarg, number));
    List* of_kind = o == Operand::Const     ? hasconst
                    : o == Operand::Name    ? hasname
                    : o == Operand::Jump    ? hasjump
                    : o == Operand::Local   ? haslocal
                    : o == Operand::Cell    ? hasfree
                    : o == Operand::Compare ? hascompare
                                            : nullptr;
    if (of_kind != nullptr) TRY(list_append(vm, of_kind, number));
  }
  List* compare = TRY(list_new(vm));
  for (uint32_t i = 0; compare_op_text(i) != nullptr; ++i)
    TRY(list_append(vm, compare, TRY(vm.intern(compare_op_text(i)))));
  TRY(module_add(vm, m, "opname", opname));
  TRY(module_add(vm, m, "opmap", opmap));
  TRY(module_add(vm, m, "hasarg", hasarg));
  TRY(module_add(vm, m, "hasconst", hasconst));
  TRY(module_add(vm, m, "hasname", hasname));
  TRY(module_add(vm, m, "hasjump", hasjump));
  TRY(module_add(vm, m, "hasjrel", hasjump));
  TRY(module_add(vm, m, "hasjabs", TRY(list_new(vm))));
  TRY(module_add(vm, m, "haslocal", haslocal));
  TRY(module_add(vm, m, "hasfree", hasfree));
  TRY(module_add(vm, m, "hascompare", hascompare));
  TRY(module_add(vm, m, "hasexc", TRY(list_new(vm))));
  TRY(module_add(vm, m, "cmp_op", TRY(list_to_tuple(vm, compare))));
  TRY(module_add_int(vm, m, "HAVE_ARGUMENT", 0));
  return module_add_int(vm, m, "EXTENDED_ARG", kExtendedArg);
}

Status opcode_init(Vm& vm, Module* m) { return add_tables(vm, m); }
/// Instructions do specialise here, which tests of the library ask.
Status opcode_native_init(Vm& vm, Module* m) {
  TRY(module_add_int(vm, m, "ENABLE_SPECIALIZATION", 1));
  return module_add_int(vm, m, "ENABLE_SPECIALIZATION_FT", 1);
}

constexpr const char kDisText[] = R"py(
import sys as _sys
from _opcode import stack_effect

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode", "cmp_op", "stack_effect", "hasarg", "hasconst", "hasname", "hasjump",
           "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "hasexc", "opname", "opmap", "HAVE_ARGUMENT",
           "EXTENDED_ARG"]

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE",
    128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR", 0x4000000: "HAS_DOCSTRING", 0x8000000: "METHOD",
}

def pretty_flags(flags):
    """The names of a code object's flags, separated by commas."""
    names = []
    for i in range(32):
        flag = 1 << i
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag, hex(flag)))
            flags ^= flag
            if not flags:
                break
    else:
        names.append(hex(flags))
    return ", ".join(names)

def _record(name, fields, defaults=()):
    # A tuple with names for its items.
    required = len(fields) - len(defaults)
    class Record(tuple):
        __slots__ = ()
        _fields = fields
        __match_args__ = fields
        def __new__(cls, *args, **kwargs):
            values = list(args)
            if len(values) > len(fields):
                raise TypeError(f"{name}() takes {len(fields)} positional arguments but {len(values)} were given")
            for i in range(len(values), len(fields)):
                if fields[i] in kwargs:
                    values.append(kwargs.pop(fields[i]))
                elif i >= required:
                    values.append(defaults[i - required])
                else:
                    raise TypeError(f"{name}() missing required argument: {fields[i]!r}")
            if kwargs:
                raise TypeError(f"{name}() got an unexpected keyword argument {next(iter(kwargs))!r}")
            return tuple.__new__(cls, values)
        @classmethod
        def _make(cls, values):
            return cls(*values)
        def _asdict(self):
            return dict(zip(fields, self))
        def _replace(self, **changes):
            return type(self)(**{**self._asdict(), **changes})
        def __repr__(self):
            return type(self).__name__ + "(" + ", ".join(f"{n}={v!r}" for n, v in zip(fields, self)) + ")"
        def __getnewargs__(self):
            return tuple(self)
    for i, field in enumerate(fields):
        setattr(Record, field, property(lambda self, i=i: self[i]))
    Record.__name__ = Record.__qualname__ = name
    Record.__module__ = __name__
    return Record

Positions = _record("Positions", ("lineno", "end_lineno", "col_offset", "end_col_offset"), (None, None, None, None))

_InstructionFields = ("opname", "opcode", "arg", "argval", "argrepr", "offset", "start_offset", "starts_line", "line_number",
                      "label", "positions", "cache_info")

class Instruction(_record("_Instruction", _InstructionFields, (None, None, None))):
    """One instruction of a code object."""
    __slots__ = ()

    @property
    def oparg(self):
        return self.arg

    @property
    def baseopcode(self):
        return self.opcode

    @property
    def baseopname(self):
        return self.opname

    @property
    def cache_offset(self):
        return self.offset + 4

    @property
    def end_offset(self):
        return self.offset + 4

    @property
    def jump_target(self):
        return self.argval if self.opcode in hasjump else None

    @property
    def is_jump_target(self):
        return self.label is not None

    def __str__(self):
        text = f"{'L' + str(self.label) + ':' if self.label is not None else '':>6} {self.opname:<20}"
        if self.arg is not None:
            text += f" {self.arg:>5}"
            if self.argrepr:
                text += f" ({self.argrepr})"
        return text.rstrip()

def _try_compile(source, name):
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")

def _get_code_object(x):
    # The code object of a function, method, class body, generator, source text ...
    if isinstance(x, str):
        return _try_compile(x, "<disassembly>")
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            return getattr(x, name)
    if hasattr(x, "co_code"):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")

def get_instructions(x, *, first_line=None, show_caches=None, adaptive=False):
    """The instructions of a function, method, string of source code or code object, one after the other."""
    co = _get_code_object(x)
    shift = first_line - co.co_firstlineno if first_line is not None else 0
    for name, opcode, arg, argval, argrepr, offset, starts, line, label, positions, target in _read_code(co):
        if line is not None:
            line += shift
        # An instruction takes two of the code units that co_positions() counts.
        caches = None if show_caches else [("operand", 1, bytes(2))]
        yield Instruction(name, opcode, arg, argval, argrepr, offset, offset, starts, line, label, Positions(*positions),
                          caches)
        if show_caches:
            yield Instruction("CACHE", 0, 0, None, "", offset + 2, offset + 2, False, line, None, Positions(*positions))

def findlinestarts(code):
    """Pairs of the offset where a source line's instructions begin, and the line."""
    last = False
    for start, end, line in code.co_lines():
        if line is not last:
            last = line
            yield start, line

def findlabels(code):
    """The offsets that jumps go to. `code` is the co_code of a code object."""
    labels = []
    jumps = set(hasjump)
    for i in range(0, len(code), 4):
        if code[i] in jumps:
            distance = int.from_bytes(code[i + 1:i + 4], "little", signed=True)
            label = i + 4 + distance * 4
            if label not in labels:
                labels.append(label)
    return labels

def _format_code_info(co):
    lines = [f"Name:              {co.co_name}", f"Filename:          {co.co_filename}",
             f"Argument count:    {co.co_argcount}", f"Positional-only arguments: {co.co_posonlyargcount}",
             f"Kw-only arguments: {co.co_kwonlyargcount}", f"Number of locals:  {co.co_nlocals}",
             f"Stack size:        {co.co_stacksize}", f"Flags:             {pretty_flags(co.co_flags)}"]
    if co.co_consts:
        lines.append("Constants:")
        lines += [f"{i:4}: {c!r}" for i, c in enumerate(co.co_consts)]
    for title, names in (("Names:", co.co_names), ("Variable names:", co.co_varnames), ("Free variables:", co.co_freevars),
                         ("Cell variables:", co.co_cellvars)):
        if names:
            lines.append(title)
            lines += [f"{i:4}: {n}" for i, n in enumerate(names)]
    return "\n".join(lines)

def code_info(x):
    """What there is to know about a code object, as text."""
    return _format_code_info(_get_code_object(x))

def show_code(co, *, file=None):
    """Prints code_info()."""
    print(code_info(co), file=file)

def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """Prints the instructions of a code object."""
    print(_listing(co, lasti, show_offsets, 0, 0, show_positions), file=file, end="")

disco = disassemble

def distb(tb=None, *, file=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """Prints the code that a traceback, by default the last one, ended in."""
    if tb is None:
        try:
            tb = _sys.last_exc.__traceback__ if hasattr(_sys, "last_exc") else _sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_offsets=show_offsets, show_positions=show_positions)

def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """Prints the instructions of a class, function, method, code object or source text; by default of the last traceback."""
    if x is None:
        return distb(file=file, show_offsets=show_offsets, show_positions=show_positions)
    if hasattr(x, "__func__"):
        x = x.__func__
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if hasattr(x, "__dict__") and not hasattr(x, "co_code"):
        for name, item in sorted(x.__dict__.items()):
            if isinstance(item, (type(dis), type(dis.__code__), type, classmethod, staticmethod)):
                print(f"Disassembly of {name}:", file=file)
                try:
                    dis(item, file=file, depth=depth, show_offsets=show_offsets, show_positions=show_positions)
                except TypeError as message:
                    print("Sorry:", message, file=file)
                print(file=file)
    elif hasattr(x, "co_code"):
        print(_listing(x, -1, show_offsets, -1 if depth is None else depth, 0, show_positions), file=file, end="")
    elif isinstance(x, (bytes, bytearray)):
        raise TypeError("raw bytecode has no constants and names: give a code object")
    elif isinstance(x, str):
        code = _try_compile(x, "<dis>")
        print(_listing(code, -1, show_offsets, -1 if depth is None else depth, 0, show_positions), file=file, end="")
    else:
        raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")

class Bytecode:
    """A code object's instructions: iterate for them, dis() for the listing, info() for details."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False, show_offsets=False,
                 show_positions=False):
        self.codeobj = co = _get_code_object(x)
        self.first_line = co.co_firstlineno if first_line is None else first_line
        self._line_offset = 0 if first_line is None else first_line - co.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset
        self.exception_entries = _exception_entries(co)
        self.show_offsets = show_offsets
        self.show_caches = show_caches
        self.show_positions = show_positions

    def __iter__(self):
        return get_instructions(self.codeobj, first_line=self.first_line, show_caches=self.show_caches)

    def __repr__(self):
        return f"{type(self).__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        return _format_code_info(self.codeobj)

    def dis(self):
        return _listing(self.codeobj, -1 if self.current_offset is None else self.current_offset, self.show_offsets, 0,
                        self._line_offset, self.show_positions)
)py";

constexpr NativeRow kDisFunctions[] = {
    {"_read_code(code, /)", read_code, 0, "The fields of each instruction."},
    {"_listing(code, current, show_offsets, depth, line_offset, show_positions, /)", listing, 0,
     "The listing as text."},
    {"_exception_entries(code, /)", exception_entries, 0, "The rows of the handler table."},
};

Status dis_init(Vm& vm, Module* m) {
  TRY(add_tables(vm, m));
  CompileOptions options;
  options.source_is_text = true;
  Code* code = TRY(compile_source(vm, kDisText, TRY(vm.intern("<frozen dis>")), CompileMode::Exec, options));
  TRY(dict_set_str(vm, m->dict, vm.names.d_builtins, vm.builtins));
  TRY(run_code(vm, code, m->dict, Value()));
  return {};
}

/// krait -m dis [-h] [-C] [-O] [-P] [-S] [infile]
constexpr const char* kDisProgram = R"py(
import argparse
import dis
import sys

parser = argparse.ArgumentParser(prog="krait -m dis")
parser.add_argument("-C", "--show-caches", action="store_true", help="show inline caches")
parser.add_argument("-O", "--show-offsets", action="store_true", help="show instruction offsets")
parser.add_argument("-P", "--show-positions", action="store_true", help="show instruction positions")
parser.add_argument("-S", "--specialized", action="store_true", help="show specialized bytecode")
parser.add_argument("infile", nargs="?", default="-")
arguments = parser.parse_args()
if arguments.infile == "-":
    name, source = "<stdin>", sys.stdin.buffer.read()
else:
    name = arguments.infile
    with open(name, "rb") as file:
        source = file.read()
dis.dis(compile(source, name, "exec"), show_caches=arguments.show_caches, show_offsets=arguments.show_offsets,
        show_positions=arguments.show_positions, adaptive=arguments.specialized)
)py";

}  // namespace

extern constinit const ModuleSpec opcode_native_module{
    .name = "_opcode",
    .doc = "What the dis module asks about instructions.",
    .functions = kOpcodeFunctions,
    .init = opcode_native_init,
};
extern constinit const ModuleSpec opcode_module{
    .name = "opcode",
    .doc = "The instruction set.",
    .functions = std::span<const NativeRow>(kOpcodeFunctions, 1),
    .init = opcode_init,
};
extern constinit const ModuleSpec dis_module{
    .name = "dis",
    .doc = "Shows what code objects consist of.",
    .functions = kDisFunctions,
    .init = dis_init,
    .program = kDisProgram,
};

}  // namespace krait

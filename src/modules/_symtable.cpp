// _symtable: the compiler's symbol tables for programs (the symtable module is written on top of it).
#include <cstddef>
#include <unordered_map>

#include "compiler/compiler.hpp"
#include "compiler/symtable.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/scratch_charge.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

constexpr int kScopeOffset = 12;

struct SymtableEntry : Object {
  Value id, name, symbols, varnames, children, nested, type, lineno;
};

void trace_entry(Heap&, Cell* cell, Marker& m) {
  auto* e = static_cast<SymtableEntry*>(cell);
  m.mark_range(&e->id, &e->lineno + 1);
}

Value entry_repr(Vm& vm, Args a) {
  const SymtableEntry* e = a[0].as<SymtableEntry>();
  return str_message(vm, "<symtable entry {}({}), line {}>", e->name, e->id, e->lineno);
}

constexpr NativeRow kEntryMethods[] = {{"__repr__($self, /)", entry_repr}};
constexpr MemberRow kEntryMembers[] = {
    {"id", offsetof(SymtableEntry, id), MemberRow::kReadOnly},
    {"name", offsetof(SymtableEntry, name), MemberRow::kReadOnly},
    {"symbols", offsetof(SymtableEntry, symbols), MemberRow::kReadOnly},
    {"varnames", offsetof(SymtableEntry, varnames), MemberRow::kReadOnly},
    {"children", offsetof(SymtableEntry, children), MemberRow::kReadOnly},
    {"nested", offsetof(SymtableEntry, nested), MemberRow::kReadOnly},
    {"type", offsetof(SymtableEntry, type), MemberRow::kReadOnly},
    {"lineno", offsetof(SymtableEntry, lineno), MemberRow::kReadOnly},
};
constexpr TypeSpec kEntrySpec{
    .name = "symtable entry",
    .kind = static_cast<CellKind>(Kind::SymtableEntry),
    .size = sizeof(SymtableEntry),
    .flags = kTypeNoNew,
    .methods = kEntryMethods,
    .members = kEntryMembers,
    .trace = trace_entry,
};

struct State : Extension {
  Type* entry = nullptr;
  void trace(Marker& m) override { m.mark_cell(entry); }
};

Value entry_of(Vm& vm, NamePool& names, const Scope* scope) {
  TRY(vm.check_stack());
  TRY(vm.poll());
  SymtableEntry* e = TRY(vm.new_instance<SymtableEntry>(vm.extension<State>().entry));
  auto text = [&](NameId id) -> Value {
    Str* s = TRY(str_from_generalised_utf8(vm, names.text(id)));
    return vm.intern(s);
  };
  e->id = TRY(int_from_u64(vm, reinterpret_cast<uintptr_t>(scope)));
  e->name = TRY(text(scope->name));
  Dict* symbols = TRY(dict_new(vm, scope->symbols.size()));
  e->symbols = symbols;
  vm.barrier(e);
  for (const auto& [name, symbol] : scope->symbols) {
    int64_t flags = symbol.flags | static_cast<int64_t>(symbol.scope) << kScopeOffset;
    TRY(dict_set(vm, symbols, TRY(text(name)), Value::small_int(flags)));
  }
  List* varnames = TRY(list_new(vm));
  e->varnames = varnames;
  for (NameId name : scope->parameters) TRY(list_append(vm, varnames, TRY(text(name))));
  List* children = TRY(list_new(vm));
  e->children = children;
  for (const Scope* child : scope->children) TRY(list_append(vm, children, TRY(entry_of(vm, names, child))));
  e->nested = Value::small_int(scope->nested);
  e->type = Value::small_int(static_cast<int>(scope->type));
  e->lineno = Value::small_int(scope->range.lineno);
  vm.barrier(e);
  return e;
}

Value symtable(Vm& vm, Args a) {
  std::string source;
  CompileOptions options;
  if (is_str(a[0])) {
    TRY(str_encode_utf8(vm, as_str(a[0]), source));
    options.source_is_text = true;
  } else {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(a[0]));
    source = std::string(buffer.view());
  }
  if (source.find('\0') != std::string::npos)
    return vm.raise(E::SyntaxError, "source code string cannot contain null bytes");
  if (!is_str(a[1])) return vm.raise(E::TypeError, "symtable() argument 2 must be str, not {}", argument_type(a[1]));
  if (!is_str(a[2])) return vm.raise(E::TypeError, "symtable() argument 3 must be str, not {}", argument_type(a[2]));
  CompileMode mode;
  if (as_str(a[2])->equals("exec")) {
    mode = CompileMode::Exec;
  } else if (as_str(a[2])->equals("eval")) {
    mode = CompileMode::Eval;
  } else if (as_str(a[2])->equals("single")) {
    mode = CompileMode::Single;
  } else {
    return vm.raise(E::ValueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  }
  Arena arena;
  Str* filename = as_str(a[1]);
  ast::Mod* module = TRY(parse_source(vm, source, filename, mode, options, arena));
  ScratchCharge charge(vm);
  TRY(charge.take(arena.reserved()));
  int last_future_line;
  uint32_t future = TRY(future_features(vm, module, filename, {}, &last_future_line));
  NamePool names;
  Symtable table(names);
  SymtableOptions table_options;
  table_options.future_annotations = future & kCoFutureAnnotations;
  table_options.stack_limit = vm.t.native_stack_limit;
  if (!table.build(module, table_options)) return raise_symtable_error(vm, table.error(), filename, {});
  return entry_of(vm, names, table.top());
}

constexpr NativeRow kFunctions[] = {
    {"symtable(source, filename, startstr, /)", symtable, 0, "The symbol table of a program, as tables within tables."},
};

Status init(Vm& vm, Module* m) {
  State& state = vm.extension<State>();
  if (state.entry == nullptr) state.entry = TRY(make_type(vm, kEntrySpec));
  struct Constant {
    const char* name;
    int64_t value;
  };
  constexpr Constant kConstants[] = {
      {"USE", kUse},
      {"DEF_GLOBAL", kDefGlobal},
      {"DEF_NONLOCAL", kDefNonlocal},
      {"DEF_LOCAL", kDefLocal},
      {"DEF_PARAM", kDefParam},
      {"DEF_TYPE_PARAM", kDefTypeParam},
      {"DEF_FREE_CLASS", kDefFreeClass},
      {"DEF_IMPORT", kDefImport},
      {"DEF_BOUND", kDefBound},
      {"DEF_ANNOT", kDefAnnot},
      {"DEF_COMP_ITER", kDefCompIter},
      {"DEF_COMP_CELL", kDefCompCell},
      {"TYPE_FUNCTION", 0},
      {"TYPE_CLASS", 1},
      {"TYPE_MODULE", 2},
      {"TYPE_ANNOTATION", 3},
      {"TYPE_TYPE_ALIAS", 4},
      {"TYPE_TYPE_PARAMETERS", 5},
      {"TYPE_TYPE_VARIABLE", 6},
      {"LOCAL", 1},
      {"GLOBAL_EXPLICIT", 2},
      {"GLOBAL_IMPLICIT", 3},
      {"FREE", 4},
      {"CELL", 5},
      {"SCOPE_OFF", kScopeOffset},
      {"SCOPE_MASK", 15},
  };
  for (const Constant& c : kConstants) TRY(module_add_int(vm, m, c.name, c.value));
  return {};
}

}  // namespace

extern constinit const ModuleSpec symtable_module{
    .name = "_symtable",
    .doc = "The compiler's symbol tables.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait

// _string: how string.Formatter takes format strings and field names apart.
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/quick.hpp"
#include "objects/str_format.hpp"

namespace krait {

namespace {

/// Goes over a format string, or over the steps of a field name.
struct FormatterIterator : Object {
  Str* text;
  FormatReader reader;
  FieldName name;
};
static_assert(std::is_trivially_copyable_v<FormatReader> && std::is_trivially_copyable_v<FieldName>);

struct FormatterTypes : Extension {
  Type* pieces = nullptr;
  Type* steps = nullptr;
  void trace(Marker& marker) override {
    marker.mark_cell(pieces);
    marker.mark_cell(steps);
  }
};

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<FormatterIterator*>(cell)->text); }

Value iterator_self(Vm&, Args a) { return a[0]; }

Value part(Vm& vm, Str* text, FormatReader::Span s) { return str_substring(vm, text, s.begin, s.end); }

Value next_piece(Vm& vm, Args a) {
  auto* it = a[0].as<FormatterIterator>();
  FormatReader::Piece piece;
  if (!TRY(it->reader.next(vm, piece))) return Value::exhausted();
  Value none = Value::none();
  Value literal = TRY(part(vm, it->text, piece.literal));
  if (!piece.has_field) return pack(vm, literal, none, none, none);
  Value conversion = piece.conversion == 0 ? none : Value(str_from_char(vm, piece.conversion));
  return pack(vm, literal, part(vm, it->text, piece.name), part(vm, it->text, piece.spec), conversion);
}

Value next_step(Vm& vm, Args a) {
  auto* it = a[0].as<FormatterIterator>();
  FieldName::Step step;
  if (!TRY(it->name.next(vm, step))) return Value::exhausted();
  Value name = step.number >= 0 && !step.attribute ? int_from(vm, step.number) : part(vm, it->text, step.name);
  return pack(vm, Value::boolean(step.attribute), name);
}

Result<FormatterIterator*> iterator_new(Vm& vm, Type* type, Value text) {
  FormatterIterator* it = TRY(vm.new_instance<FormatterIterator>(type));
  it->text = as_str(text);
  return it;
}

Value formatter_parser(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "expected str, got {}", type_name_of(a[0]));
  FormatterIterator* it = TRY(iterator_new(vm, vm.extension<FormatterTypes>().pieces, a[0]));
  it->reader = FormatReader(it->text, 0, it->text->length);
  return it;
}

Value formatter_field_name_split(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "expected str, got {}", type_name_of(a[0]));
  FormatterIterator* it = TRY(iterator_new(vm, vm.extension<FormatterTypes>().steps, a[0]));
  it->name = FieldName();
  TRY(it->name.begin(vm, it->text, 0, it->text->length));
  int64_t number = it->name.first_number();
  Value first = number >= 0 ? int_from(vm, number) : part(vm, it->text, it->name.first());
  return pack(vm, first, Value(it));
}

constexpr NativeRow kPieceMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", next_piece, kIterNext, "Implement next(self)."},
};
constexpr NativeRow kStepMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", next_step, kIterNext, "Implement next(self)."},
};

constinit const TypeSpec kPieceType{
    .name = "formatteriterator",
    .kind = static_cast<CellKind>(Kind::FormatterIterator),
    .size = sizeof(FormatterIterator),
    .flags = kTypeNoNew,
    .methods = kPieceMethods,
    .trace = trace_iterator,
};
constinit const TypeSpec kStepType{
    .name = "fieldnameiterator",
    .kind = static_cast<CellKind>(Kind::FormatterIterator),
    .size = sizeof(FormatterIterator),
    .flags = kTypeNoNew,
    .methods = kStepMethods,
    .trace = trace_iterator,
};

Status init(Vm& vm, Module*) {
  auto& types = vm.extension<FormatterTypes>();
  types.pieces = TRY(make_type(vm, kPieceType));
  types.steps = TRY(make_type(vm, kStepType));
  return {};
}

constexpr NativeRow kFunctions[] = {
    {"formatter_parser(format_string, /)", formatter_parser, 0,
     "Give (literal, field name, format spec, conversion) for each piece."},
    {"formatter_field_name_split(field_name, /)", formatter_field_name_split, 0,
     "Take a field name apart: its first part, and an iterator over (is it an attribute?, name or index)."},
};

}  // namespace

extern constinit const ModuleSpec string_module{
    .name = "_string",
    .doc = "The syntax of format strings.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait

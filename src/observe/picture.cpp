#include "observe/picture.hpp"

#include "interp/function.hpp"
#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "observe/safe_repr.hpp"

namespace krait {
namespace {

std::string key_text(Vm& vm, Value key) {
  std::string out;
  safe_repr(vm, key, out, {40, 2, 4});
  return out;
}

}  // namespace

void each_part(Vm& vm, Value v, size_t most, const std::function<void(const std::string& name, Value value)>& body) {
  if (v.is_unset() || !v.has_cell_tag()) return;
  size_t n = 0;
  auto give = [&](const std::string& name, Value value) {
    if (n >= most) return false;
    ++n;
    body(name, value);
    return true;
  };
  auto names = [&](const Dict* d) {
    uint32_t i = 0;
    while (DictEntry* e = dict_next(d, i)) {
      std::string name = is_str(e->key) ? str_to_utf8(e->key.as<Str>()) : key_text(vm, e->key);
      if (name.size() > 4 && name.starts_with("__") && name.ends_with("__") && name != "__init__") continue;
      if (!give(name, e->value)) return;
    }
  };
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::Tuple: {
      Tuple* t = v.as<Tuple>();
      for (uint64_t i = 0; i < t->length && give(std::to_string(i), t->items[i]); ++i) {}
      break;
    }
    case Kind::List: {
      List* l = v.as<List>();
      for (uint64_t i = 0; i < l->length && give(std::to_string(i), l->items()[i]); ++i) {}
      break;
    }
    case Kind::Dict: {
      uint32_t i = 0;
      while (DictEntry* e = dict_next(v.as<Dict>(), i))
        if (!give(key_text(vm, e->key), e->value)) break;
      break;
    }
    case Kind::Set: {
      Set* s = v.as<Set>();
      for (uint32_t i = 0; i < s->entry_count; ++i) {
        const SetEntry& e = s->entries->data<SetEntry>()[i];
        if (!e.key.is_unset() && !e.key.is(Value::deleted()) && !give(std::to_string(n), e.key)) break;
      }
      break;
    }
    case Kind::Cell: give("content", v.as<ClosureCell>()->content); break;
    case Kind::Module: names(v.as<Module>()->dict); return;
    case Kind::Type:
      if (v.as<Type>()->has(kTypeHeap)) names(v.as<Type>()->dict);
      return;
    default: break;
  }
  const Shape* shape = &vm.shapes[v.cell()->shape];
  if (shape->slots_offset == Shape::kNoSlots) return;
  if (shape->dictionary) {
    if (Dict* d = attribute_dict_of(v.cell(), *shape)) names(d);
    return;
  }
  std::vector<std::pair<std::string, Value>> attributes;
  for (const Shape* s = shape; s->count > 0; s = &vm.shapes[s->parent]) {
    if (s->name == nullptr) break;
    attributes.emplace_back(str_to_utf8(s->name), *instance_slot_ptr(v.cell(), *shape, s->count - 1));
  }
  for (auto i = attributes.rbegin(); i != attributes.rend(); ++i)
    if (!i->second.is_unset()) give(i->first, i->second);
}

bool has_parts(Vm& vm, Value v) {
  bool any = false;
  each_part(vm, v, 1, [&](const std::string&, Value) { any = true; });
  return any;
}

}  // namespace krait

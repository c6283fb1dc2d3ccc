#include "syntax/suggest.hpp"

#include <algorithm>
#include <vector>

#include "syntax/lexer.hpp"
#include "syntax/source.hpp"

namespace krait::syntax {
namespace {

constexpr size_t kMaxText = 1024;
constexpr int kMaxNames = 10;
constexpr size_t kMaxCandidates = 3;
constexpr size_t kMaxWord = 40;  // longer names are not compared
constexpr int kMoveCost = 2, kCaseCost = 1;

constexpr std::string_view kKeywords[] = {
#define KEYWORD(Name, text) text,
#include "syntax/tokens.def"
};

int substitution_cost(char a, char b) {
  if (a == b) return 0;
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

// Edit distance in units where an insertion or deletion is 2 and a change of case 1.
int edit_distance(std::string_view a, std::string_view b) {
  if (a.size() > kMaxWord || b.size() > kMaxWord) return 1 << 20;
  int row[kMaxWord + 1];
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j) * kMoveCost;
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i) * kMoveCost;
    for (size_t j = 1; j <= b.size(); ++j) {
      int cost = diagonal + substitution_cost(a[i - 1], b[j - 1]);
      diagonal = row[j];
      row[j] = std::min(cost, std::min(row[j], row[j - 1]) + kMoveCost);
    }
  }
  return row[b.size()];
}

// Characters in common as difflib counts them: the longest common stretch, and the same left and right of it.
size_t matching(std::string_view a, std::string_view b) {
  size_t best = 0, best_a = 0, best_b = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < b.size(); ++j) {
      size_t k = 0;
      while (i + k < a.size() && j + k < b.size() && a[i + k] == b[j + k]) ++k;
      if (k > best) best = k, best_a = i, best_b = j;
    }
  }
  if (!best) return 0;
  return best + matching(a.substr(0, best_a), b.substr(0, best_b)) +
         matching(a.substr(best_a + best), b.substr(best_b + best));
}

// The keywords to try in place of `name`, best first.
std::vector<std::string_view> candidates(std::string_view name) {
  std::vector<std::string_view> found;
  std::string_view closest = closest_word(name, kKeywords, std::size(kKeywords));
  if (!closest.empty()) found.push_back(closest);
  if (name.size() <= kMaxWord) {
    struct Scored {
      double score;
      std::string_view word;
    };
    std::vector<Scored> scored;
    for (std::string_view word : kKeywords) {
      double ratio = 2.0 * static_cast<double>(matching(word, name)) / static_cast<double>(word.size() + name.size());
      if (ratio >= 0.5) scored.push_back({ratio, word});
    }
    std::sort(scored.begin(), scored.end(), [](const Scored& x, const Scored& y) {
      return x.score != y.score ? x.score > y.score : x.word > y.word;
    });
    for (size_t i = 0; i < scored.size() && i < kMaxCandidates; ++i) found.push_back(scored[i].word);
  }
  if (found.size() > kMaxCandidates) found.resize(kMaxCandidates);
  return found;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// Takes the blanks off that all lines begin with; returns their number.
size_t dedent(std::vector<std::string>& lines) {
  size_t common = kMaxText;
  for (const std::string& line : lines) {
    size_t blanks = line.find_first_not_of(" \t");
    if (blanks != line.npos) common = std::min(common, blanks);
  }
  for (std::string& line : lines) line.erase(0, std::min(common, line.size()));
  return common;
}

bool parses(const std::string& code) {
  Arena arena;
  ParseOptions options;
  options.allow_incomplete_input = true;
  options.dont_imply_dedent = true;
  options.source_is_text = true;
  ParseResult result = parse(code, options, arena);
  return result.ok() || result.error.kind == ErrorKind::IncompleteInput;
}

}  // namespace

std::string_view closest_word(std::string_view name, const std::string_view* words, size_t count) {
  std::string_view best;
  int best_distance = 1 << 20;
  for (size_t i = 0; i < count; ++i) {
    if (words[i] == name) continue;
    // No more than a third of the characters may differ.
    int allowed = std::min(static_cast<int>(name.size() + words[i].size() + 3) * kMoveCost / 6, best_distance - 1);
    int distance = edit_distance(name, words[i]);
    if (distance > allowed) continue;
    best = words[i];
    best_distance = distance;
  }
  return best;
}

std::optional<KeywordSuggestion> suggest_keyword(std::string_view text, const SyntaxErrorInfo& error) {
  if (error.kind != ErrorKind::SyntaxError || !error.has_location()) return {};
  if (error.message != "invalid syntax" && error.message != "invalid syntax. Perhaps you forgot a comma?") return {};
  std::vector<std::string> lines = split_lines(text);
  const size_t last = std::min(lines.size(), static_cast<size_t>(error.lineno));
  const size_t first = error.statement_line > 0 ? static_cast<size_t>(error.statement_line) - 1 : 0;
  if (first >= last) return {};
  lines.erase(lines.begin() + static_cast<ptrdiff_t>(last), lines.end());
  lines.erase(lines.begin(), lines.begin() + static_cast<ptrdiff_t>(first));
  const size_t removed = dedent(lines);
  std::string code;
  for (const std::string& line : lines) code += line + '\n';
  if (code.size() > kMaxText) return {};

  Arena arena;
  ParseOptions options;
  options.source_is_text = true;
  Source source;
  std::string_view encoding;
  SyntaxErrorInfo ignored;
  Tokens tokens;
  if (!prepare_source(code, options, arena, source, encoding, ignored) || !tokenize(source, options, tokens)) return {};
  int names_left = kMaxNames;
  for (size_t i = 0; i < tokens.list.size(); ++i) {
    const Token& t = tokens.list[i];
    if (t.kind != TokenKind::Name || t.line != lines.size()) continue;
    if (names_left-- == 0) break;
    const std::string_view name = source.text.substr(t.start, t.end - t.start);
    for (std::string_view keyword : candidates(name)) {
      std::string changed(code);
      changed.replace(t.start, name.size(), keyword);
      if (!parses(changed)) continue;
      const std::string_view before = source.text.substr(tokens.line_start[t.line], tokens.column(t.start, t.line));
      KeywordSuggestion found;
      found.keyword = keyword;
      found.lineno = error.lineno;
      found.offset = static_cast<int>(count_characters(before) + removed) + 1;
      found.end_offset = found.offset + static_cast<int>(count_characters(name));
      return found;
    }
  }
  return {};
}

}  // namespace krait::syntax

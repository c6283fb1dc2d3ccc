#include "runtime/library.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#ifndef KRAIT_LIBRARY
#define KRAIT_LIBRARY ""
#endif

namespace krait {
namespace {

bool is_directory(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}
bool is_file(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

/// "python3.11" at the end of a path: 11; 0 if it is none of the libraries that Krait can run.
int minor_of(const std::string& root) {
  size_t slash = root.rfind('/');
  int minor = 0, end = 0;
  if (std::sscanf(root.c_str() + (slash == std::string::npos ? 0 : slash + 1), "python3.%d%n", &minor, &end) != 1)
    return 0;
  return minor >= 11 && minor <= 14 ? minor : 0;
}

/// The number that follows `before` ("3.11.") anywhere in the text, where that stands behind one of / - or a space; -1: none.
int number_after(std::string_view text, std::string_view before) {
  for (size_t at = text.find(before); at != std::string_view::npos; at = text.find(before, at + 1)) {
    size_t digit = at + before.size(), end = digit;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    bool whole = at > 0 && (text[at - 1] == '/' || text[at - 1] == '-') && end > digit && end - digit < 4;
    if (whole && (end == text.size() || text[end] == '/'))
      return std::atoi(std::string(text.substr(digit, end - digit)).c_str());
  }
  return -1;
}

std::string read_text(const std::string& path) {
  std::string out;
  FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return out;
  char buffer[16384];
  while (size_t n = std::fread(buffer, 1, sizeof buffer, file)) out.append(buffer, n);
  std::fclose(file);
  return out;
}

/// Newer installations have a file that states it; in others the folder or the paths in the build's data are named after the
/// whole version.
int find_micro(const Library& library) {
  std::string described = read_text(library.root + "/build-details.json");
  size_t at = described.find("\"micro\":");
  if (at != std::string::npos) return std::atoi(described.c_str() + at + 8);
  std::string wanted = "3." + std::to_string(library.minor) + ".";
  int micro = number_after(library.root, wanted);
  if (micro >= 0) return micro;
  if (DIR* dir = opendir(library.root.c_str())) {
    while (const dirent* entry = readdir(dir)) {
      if (std::strncmp(entry->d_name, "_sysconfigdata_", 15) != 0) continue;
      micro = number_after(read_text(library.root + "/" + entry->d_name), wanted);
      if (micro >= 0) break;
    }
    closedir(dir);
  }
  return micro >= 0 ? micro : 0;
}

bool use(const std::string& root, Library& out) {
  if (!is_file(root + "/os.py")) return false;
  int minor = minor_of(root);
  if (minor == 0) return false;
  out.root = root;
  out.minor = minor;
  // prefix/lib/pythonX.Y
  size_t name = root.rfind('/');
  size_t lib = name == std::string::npos || name == 0 ? std::string::npos : root.rfind('/', name - 1);
  out.prefix = lib == std::string::npos ? root : lib == 0 ? "/" : root.substr(0, lib);
  return true;
}

bool use_below(const std::string& prefix, Library& out) {
  for (int minor = 14; minor >= 11; --minor)
    if (use(prefix + "/lib/python3." + std::to_string(minor), out)) return true;
  return false;
}

/// Installations of a version manager under its folder, the newest first.
bool use_managed(const std::string& versions, Library& out) {
  DIR* dir = opendir(versions.c_str());
  if (dir == nullptr) return false;
  std::vector<std::pair<int, std::string>> found;
  while (const dirent* entry = readdir(dir)) {
    int minor = 0, micro = 0;
    if (std::sscanf(entry->d_name, "3.%d.%d", &minor, &micro) == 2 && minor >= 11 && minor <= 14)
      found.emplace_back(minor * 1000 + micro, entry->d_name);
  }
  closedir(dir);
  std::sort(found.rbegin(), found.rend());
  for (const auto& item : found)
    if (use_below(versions + "/" + item.second, out)) return true;
  return false;
}

bool find_root(const std::string& home, Library& out) {
  if (!home.empty()) {
    std::string trimmed = home;
    while (trimmed.size() > 1 && trimmed.back() == '/') trimmed.pop_back();
    return use(trimmed, out) || use_below(trimmed, out);
  }
  if (*KRAIT_LIBRARY != 0 && use(KRAIT_LIBRARY, out)) return true;
  for (const char* prefix : {"/usr", "/usr/local"})
    if (use_below(prefix, out)) return true;
  const char* user = std::getenv("HOME");
  return user != nullptr && use_managed(std::string(user) + "/.pyenv/versions", out);
}

}  // namespace

int library_micro(Library& library) {
  if (library.micro < 0) library.micro = library.found() ? find_micro(library) : 0;
  return library.micro;
}

Library find_library(const std::string& home, bool user_site) {
  Library out;
  if (!find_root(home, out)) return out;
  std::string version = "/lib/python3." + std::to_string(out.minor);
  std::vector<std::string> candidates;
  if (user_site) {
    const char* user = std::getenv("HOME");
    const char* base = std::getenv("PYTHONUSERBASE");
    if (base != nullptr && *base != 0) {
      candidates.push_back(std::string(base) + version + "/site-packages");
    } else if (user != nullptr && *user != 0) {
      candidates.push_back(std::string(user) + "/.local" + version + "/site-packages");
    }
  }
  if (out.prefix == "/usr") {  // Debian's own arrangement
    candidates.push_back("/usr/local" + version + "/dist-packages");
    candidates.push_back("/usr/lib/python3/dist-packages");
  }
  candidates.push_back(out.root + "/site-packages");
  for (std::string& folder : candidates)
    if (is_directory(folder)) out.site.push_back(std::move(folder));
  return out;
}

}  // namespace krait

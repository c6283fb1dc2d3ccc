// Runs one command and reports what it cost: the part of bench/run that must be small.
//
//   measure REPORT SECONDS COMMAND [ARGUMENT...]
//
// writes one line to the file REPORT: wall seconds, user seconds, system seconds, peak resident KiB, exit code (negative: the
// signal that ended it). The command is killed after SECONDS. It is a program of its own because Linux counts the memory
// of the process that forked in its child's peak: forked from Python, nothing would ever take less than Python does.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

pid_t child = 0;

void on_alarm(int) { kill(child, SIGKILL); }

double seconds(const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) * 1e-6; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: measure REPORT SECONDS COMMAND [ARGUMENT...]\n");
    return 2;
  }
  timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  child = fork();
  if (child == 0) {
    execvp(argv[3], argv + 3);
    std::perror(argv[3]);
    _exit(127);
  }
  if (child < 0) return 2;
  std::signal(SIGALRM, on_alarm);
  alarm(unsigned(std::atoi(argv[2])));
  int status = 0;
  rusage usage;
  while (wait4(child, &status, 0, &usage) < 0) {}
  clock_gettime(CLOCK_MONOTONIC, &end);
  FILE* report = std::fopen(argv[1], "w");
  if (!report) return 2;
  double wall = double(end.tv_sec - start.tv_sec) + double(end.tv_nsec - start.tv_nsec) * 1e-9;
  std::fprintf(report, "%.6f %.6f %.6f %ld %d\n", wall, seconds(usage.ru_utime), seconds(usage.ru_stime),
               usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
  return std::fclose(report) == 0 ? 0 : 2;
}

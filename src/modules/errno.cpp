// errno: the error numbers of this system by name.
#include <cerrno>

#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

struct ErrorCode {
  const char* name;
  int number;
};
constexpr ErrorCode kCodes[] = {
#define CODE(name) {#name, name},
    CODE(EPERM) CODE(ENOENT) CODE(ESRCH) CODE(EINTR) CODE(EIO) CODE(ENXIO) CODE(E2BIG) CODE(ENOEXEC) CODE(EBADF) CODE(
        ECHILD) CODE(EAGAIN) CODE(ENOMEM) CODE(EACCES) CODE(EFAULT) CODE(EBUSY) CODE(EEXIST) CODE(EXDEV) CODE(ENODEV)
        CODE(ENOTDIR) CODE(EISDIR) CODE(EINVAL) CODE(ENFILE) CODE(EMFILE) CODE(ENOTTY) CODE(ETXTBSY) CODE(EFBIG) CODE(
            ENOSPC) CODE(ESPIPE) CODE(EROFS) CODE(EMLINK) CODE(EPIPE) CODE(EDOM) CODE(ERANGE) CODE(EDEADLK)
            CODE(ENAMETOOLONG) CODE(ENOLCK) CODE(ENOSYS) CODE(ENOTEMPTY) CODE(ELOOP) CODE(EWOULDBLOCK) CODE(
                ENOMSG) CODE(EIDRM) CODE(EOVERFLOW) CODE(EILSEQ) CODE(ENOTSOCK) CODE(EDESTADDRREQ) CODE(EMSGSIZE)
                CODE(EPROTOTYPE) CODE(ENOPROTOOPT) CODE(EPROTONOSUPPORT) CODE(EOPNOTSUPP) CODE(ENOTSUP) CODE(
                    EAFNOSUPPORT) CODE(EADDRINUSE) CODE(EADDRNOTAVAIL) CODE(ENETDOWN) CODE(ENETUNREACH) CODE(ENETRESET)
                    CODE(ECONNABORTED) CODE(ECONNRESET) CODE(ENOBUFS) CODE(EISCONN) CODE(ENOTCONN) CODE(ETIMEDOUT)
                        CODE(ECONNREFUSED) CODE(EHOSTUNREACH) CODE(EALREADY) CODE(EINPROGRESS) CODE(ECANCELED) CODE(
                            EPROTO) CODE(EBADMSG) CODE(ENOTRECOVERABLE) CODE(EOWNERDEAD)
#ifdef ENOTBLK
                            CODE(ENOTBLK)
#endif
#ifdef ECHRNG
                                CODE(ECHRNG) CODE(EL2NSYNC)
                                    CODE(EL3HLT) CODE(EL3RST) CODE(ELNRNG) CODE(EUNATCH) CODE(ENOCSI) CODE(
                                        EL2HLT) CODE(EBADE) CODE(EBADR) CODE(EXFULL) CODE(ENOANO) CODE(EBADRQC) CODE(EBADSLT)
                                        CODE(EBFONT) CODE(ENONET) CODE(ENOPKG) CODE(EADV) CODE(ESRMNT) CODE(ECOMM) CODE(
                                            EDOTDOT) CODE(ENOTUNIQ)
                                            CODE(EBADFD) CODE(EREMCHG) CODE(ELIBACC) CODE(ELIBBAD) CODE(ELIBSCN) CODE(
                                                ELIBMAX) CODE(ELIBEXEC) CODE(ERESTART)
                                                CODE(ESTRPIPE) CODE(EUCLEAN) CODE(ENOTNAM) CODE(ENAVAIL) CODE(
                                                    EISNAM) CODE(EREMOTEIO) CODE(EDEADLOCK)
#endif
#ifdef ENOSTR
                                                    CODE(ENOSTR) CODE(ENODATA) CODE(ETIME) CODE(ENOSR)
#endif
#ifdef EREMOTE
                                                        CODE(EREMOTE)
#endif
#ifdef ENOLINK
                                                            CODE(ENOLINK) CODE(EMULTIHOP)
#endif
#ifdef EUSERS
                                                                CODE(EUSERS)
#endif
#ifdef ESOCKTNOSUPPORT
                                                                    CODE(ESOCKTNOSUPPORT)
#endif
#ifdef EPFNOSUPPORT
                                                                        CODE(EPFNOSUPPORT)
#endif
#ifdef ESHUTDOWN
                                                                            CODE(ESHUTDOWN)
#endif
#ifdef ETOOMANYREFS
                                                                                CODE(ETOOMANYREFS)
#endif
#ifdef EHOSTDOWN
                                                                                    CODE(EHOSTDOWN)
#endif
#ifdef ESTALE
                                                                                        CODE(ESTALE)
#endif
#ifdef EDQUOT
                                                                                            CODE(EDQUOT)
#endif
#ifdef ENOMEDIUM
                                                                                                CODE(
                                                                                                    ENOMEDIUM) CODE(EMEDIUMTYPE)
#endif
#ifdef ENOKEY
                                                                                                    CODE(ENOKEY) CODE(
                                                                                                        EKEYEXPIRED)
                                                                                                        CODE(EKEYREVOKED) CODE(
                                                                                                            EKEYREJECTED)
#endif
#ifdef ERFKILL
                                                                                                            CODE(
                                                                                                                ERFKILL)
#endif
#ifdef EHWPOISON
                                                                                                                CODE(
                                                                                                                    EHWPOISON)
#endif
#ifdef ENOTCAPABLE
                                                                                                                    CODE(
                                                                                                                        ENOTCAPABLE)
#endif
#undef CODE
};

Status errno_init(Vm& vm, Module* m) {
  Dict* by_number = TRY(dict_new(vm));
  TRY(module_add(vm, m, "errorcode", by_number));
  for (const ErrorCode& code : kCodes) {
    Str* name = TRY(vm.intern(code.name));
    TRY(dict_set_str(vm, m->dict, name, Value::small_int(code.number)));
    // Where two names share a number the one that comes later in the table gives way, EAGAIN and EDEADLK being the usual ones.
    if (dict_set_default(vm, by_number, Value::small_int(code.number), name).is_error()) return Error{};
  }
  return {};
}

}  // namespace

extern const ModuleSpec errno_module{
    .name = "errno",
    .doc = "The error numbers of this system, by their symbolic names.",
    .init = errno_init,
};

}  // namespace krait

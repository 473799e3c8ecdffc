#!/bin/sh
# Starts the provider with the Node that lies beside this file. Forks nothing, searches no PATH.

case $0 in
  */*) here=${0%/*} ;;
  *) here=. ;;
esac

# A link to this very file, which Terraform does not make: only then another program is asked.
if [ -h "$0" ] && ! [ -f "$here/libexec/start.cjs" ]; then
  file=$here/${0##*/}
  while [ -h "$file" ]; do
    target=$(command -p readlink "$file") || break
    case $target in
      /*) file=$target ;;
      *) file=${file%/*}/$target ;;
    esac
  done
  here=${file%/*}
fi

# Terraform shows a plugin's first line of output when its start fails.
damaged() {
  echo "The installation of this provider is damaged: $file $1 in ${here:-/}. To install it again, delete that folder and run \"terraform init\"; if it was copied from a filesystem mirror or a plugin cache, replace it there first."
  exit 1
}

# Where a container runtime forbids the system call behind -r and -x, they are false for every file.
for file in @FILES@; do
  [ -f "$here/$file" ] || damaged "is missing"
  [ -r "$here/$file" ] || ! [ -r "$0" ] || damaged "may not be read by this user"
done
file=@PROGRAM@
[ -x "$here/$file" ] || ! [ -x /bin/sh ] || damaged "has lost its permission to be executed"

# Settings for other programs, by which a Node, its OpenSSL or the dynamic loader would change.
unset NODE_OPTIONS NODE_PATH NODE_ENV NODE_DEBUG NODE_DEBUG_NATIVE NODE_V8_COVERAGE NODE_COMPILE_CACHE \
  NODE_PENDING_DEPRECATION NODE_PRESERVE_SYMLINKS NODE_PRESERVE_SYMLINKS_MAIN NODE_REDIRECT_WARNINGS \
  NODE_NO_WARNINGS NODE_ICU_DATA NODE_TLS_REJECT_UNAUTHORIZED NODE_USE_ENV_PROXY NODE_USE_SYSTEM_CA \
  NODE_CHANNEL_FD NODE_CHANNEL_SERIALIZATION_MODE NODE_UNIQUE_ID NODE_TEST_CONTEXT WATCH_REPORT_DEPENDENCIES \
  OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES UV_THREADPOOL_SIZE UV_USE_IO_URING \
  LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_DEBUG LD_DEBUG_OUTPUT LD_BIND_NOW LD_BIND_NOT LD_DYNAMIC_WEAK \
  LD_PROFILE LD_SHOW_AUXV LD_TRACE_LOADED_OBJECTS LD_VERBOSE LD_WARN LD_HWCAP_MASK GLIBC_TUNABLES GCONV_PATH \
  LOCPATH DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH DYLD_FRAMEWORK_PATH DYLD_FALLBACK_LIBRARY_PATH

# Node would parse these certificates at every start; libexec/start.cjs hands them to the HTTPS client.
if [ -n "${NODE_EXTRA_CA_CERTS-}" ]; then
  export TF_OPENAI_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"
else
  unset TF_OPENAI_EXTRA_CA_CERTS
fi
unset NODE_EXTRA_CA_CERTS

exec @NODE@ "$here/libexec/start.cjs" "$@"

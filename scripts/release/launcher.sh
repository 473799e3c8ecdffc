#!/bin/sh
# Starts the provider with the Node that lies beside this file. Forks nothing, searches no PATH.

case $0 in
  */*) here=${0%/*} ;;
  *) here=. ;;
esac

# A link to this very file, which Terraform does not make: only then another program is asked.
if [ -h "$0" ] && ! [ -f "$here/libexec/node" ]; then
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
  # Of a plugin that is gone at once, Terraform reads no line now and then.
  command -p sleep 0.1 2>/dev/null || command -p sleep 1 2>/dev/null
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
unset @CLEARED@

# Node would parse these certificates at every start; the provider's first script hands them to the HTTPS client.
if [ -n "${NODE_EXTRA_CA_CERTS-}" ]; then
  export TF_OPENAI_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"
else
  unset TF_OPENAI_EXTRA_CA_CERTS
fi
unset NODE_EXTRA_CA_CERTS

exec @NODE@ "$@"

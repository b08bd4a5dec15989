#!/bin/sh
# Starts the @NAME@ provider, which is JavaScript, in Node.js. If the first line on stdout is no handshake, Terraform shows it to the
# user. So stdout is kept for the handshake, which goes through descriptor 3; what Node or a version manager prints goes to the log.
# This shell stays, to say why Node did not start.
fail() {
  printf 'The @NAME@ provider %s\n' "$1"
  exit 1
}
needs='needs Node.js 20.9 or later;'
case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac

# A signal to the whole process group ends Terraform. The provider must survive it, to cancel operations.
for signal in HUP INT QUIT TERM PIPE USR1 USR2 ALRM VTALRM PROF XCPU XFSZ IO POLL PWR STKFLT 16 TSTP TTIN TTOU; do
  command trap '' "$signal" 2>/dev/null || :
done

# Node's variables are meant for the user's own programs. Of NODE_OPTIONS we keep memory, certificates, TLS and network settings.
set -f
options=
for option in ${NODE_OPTIONS-}; do
  case $option in
  *[\"\\]*) ;;
  --max-old-space-size=* | --max_old_space_size=* | --max-semi-space-size=* | --max_semi_space_size=* | --jitless | --disable-wasm-trap-handler | \
    --use-openssl-ca | --use-bundled-ca | --use-system-ca | --no-use-system-ca | --use_openssl_ca | --use_bundled_ca | --use_system_ca | \
    --tls-min-v1.[0-3] | --tls-max-v1.[0-3] | --tls-cipher-list=* | --enable-fips | --force-fips | \
    --openssl-config=* | --openssl-legacy-provider | --openssl-shared-config | --secure-heap=* | --secure-heap-min=* | \
    --dns-result-order=* | --network-family-autoselection* | --no-network-family-autoselection | --max-http-header-size=*)
    options="$options $option"
    ;;
  esac
done
@PREFIX@_COMPILE_CACHE=${NODE_COMPILE_CACHE-}
unset NODE_OPTIONS NODE_PATH NODE_DEBUG NODE_DEBUG_NATIVE NODE_V8_COVERAGE NODE_COMPILE_CACHE NODE_REDIRECT_WARNINGS NODE_PENDING_DEPRECATION \
  NODE_PRESERVE_SYMLINKS NODE_PRESERVE_SYMLINKS_MAIN NODE_TLS_REJECT_UNAUTHORIZED NODE_CHANNEL_FD NODE_CHANNEL_SERIALIZATION_MODE \
  NODE_UNIQUE_ID NODE_TEST_CONTEXT NODE_ICU_DATA NODE_REPL_EXTERNAL_MODULE DEBUG DEBUG_FD DEBUG_COLORS DEBUG_DEPTH DEBUG_HIDE_DATE DEBUG_SHOW_HIDDEN
[ -z "$options" ] || export NODE_OPTIONS="$options"
export @PREFIX@_COMPILE_CACHE @PREFIX@_TERRAFORM="$PPID" @PREFIX@_HANDSHAKE=3

command -v node >/dev/null 2>&1 || fail "$needs there is no node on PATH."
[ -r "$here/main.js" ] || fail "cannot read $here/main.js. Run terraform init again."
command : >&2 || exec 2>/dev/null
status=0
command node -- "$here/main.js" "$0" 3>&1 1>&2 || status=$?
# Status 75: a wrapper around node passed on only the first three descriptors.
[ "$status" != 75 ] || { status=0 && @PREFIX@_HANDSHAKE=1 command node -- "$here/main.js" "$0" || status=$?; }
[ "$status" != 0 ] || exit 0
# The provider reports its own failures. If even "node -e 0" fails, the shell has to report that.
said=$(command node -e 0 2>&1 </dev/null) && exit "$status"
set -- $said
fail "$needs the node on PATH ($(command -v node)) ends with status $status${said:+: $*}"

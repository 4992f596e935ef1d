# What the start scripts share: finding a JDK, seeing what is out of date, building. Sourced by them, never run.
# The script sets `me`, its name for messages, and `root`, the folder of the project.

NEEDED=25

say() { printf '%s: %s\n' "$me" "$*" >&2; }

# Prints the feature version of the JDK in a folder, 0 when there is none. Its release file answers faster than the JDK itself.
version_of() {
  if [ -f "$1/release" ]; then
    text=$(sed -n 's/^JAVA_VERSION="\(.*\)".*/version "\1"/p' "$1/release")
  else
    text=$("$1/bin/java" -version 2>&1 || true)
  fi
  printf '%s\n' "$text" | sed -n 's/.*version "\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' | head -n 1 | grep . || echo 0
}

good() { [ -x "$1/bin/java" ] && [ "$(version_of "$1")" -ge "$NEEDED" ]; }

# Prints the JDK of a `java` on the PATH: where its links lead, or, where that is the start script of a version manager, what
# it says itself, which takes longer.
home_of() {
  java=$1
  while [ -L "$java" ]; do
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname -- "$java")/$target ;;
    esac
  done
  home=$(CDPATH='' cd -- "$(dirname -- "$java")/.." && pwd -P)
  if [ -f "$home/release" ]; then
    printf '%s\n' "$home"
  else
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' | head -n 1
  fi
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && good "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  if command -v java >/dev/null 2>&1; then
    home=$(home_of "$(command -v java)")
    if [ -n "$home" ] && good "$home"; then
      printf '%s\n' "$home"
      return
    fi
  fi
  if [ -x /usr/libexec/java_home ]; then
    home=$(/usr/libexec/java_home -v "$NEEDED+" 2>/dev/null || true)
    if [ -n "$home" ] && good "$home"; then
      printf '%s\n' "$home"
      return
    fi
  fi
  for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/local/openjdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/*; do
    if good "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

# Sets `jdk`, or ends with what to install.
require_jdk() {
  if ! jdk=$(find_jdk); then
    say "this needs a JDK $NEEDED or newer, and none was found; install one (for example Eclipse Temurin $NEEDED) or point JAVA_HOME to it."
    exit 2
  fi
}

# Whether a build result is missing or older than one of its sources.
stale() {
  result=$1
  shift
  [ -e "$result" ] || return 0
  [ -n "$(find "$@" -type f -newer "$result" 2>/dev/null | head -n 1)" ]
}

# Builds what the first argument says, with the Maven arguments that follow, or ends with what to do.
build() {
  what=$1
  shift
  if [ -x "$root/mvnw" ]; then
    maven=$root/mvnw
  elif command -v mvn >/dev/null 2>&1; then
    maven=mvn
  else
    say "the project has to be built first, and Maven was not found; install Maven 3.8.1 or newer."
    exit 2
  fi
  say "building $what (mvn -q -Dmaven.test.skip $*); this takes a moment"
  # Maven runs on the JDK it is used to; its toolchain plugin finds the newer one, also through this variable.
  if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null 2>&1; then
    JAVA_HOME=$jdk
    export JAVA_HOME
  fi
  # Standard input and output belong to the command that is started afterwards.
  if ! (cd -- "$root" && JAVA25_HOME=$jdk "$maven" -q -B -Dmaven.test.skip "$@" >&2 </dev/null); then
    say "the build failed; the lines above say why."
    exit 2
  fi
}

# Sets `quick` to an AOT cache for a jar, or to nothing. The first run on a JDK makes the cache, which takes about a second,
# by running what the further arguments say. It is kept per user, in KEYGUARD_CACHE or the usual place for caches;
# KEYGUARD_CACHE=off does without. A JDK refuses the cache of another JDK and starts without it; whether the jar is still the same is seen to here.
quick_start() {
  jar_of_cache=$1
  shift
  quick=
  folder=${KEYGUARD_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/keyguard}
  case $folder in off | /.cache/*) return 0 ;; esac
  file=$folder/$(printf '%s' "$jdk:$jar_of_cache" | cksum | tr -dc 0-9).aot
  if [ ! -e "$file" ] || [ "$jar_of_cache" -nt "$file" ] || [ "$jdk/release" -nt "$file" ]; then
    (umask 077 && mkdir -p "$folder") 2>/dev/null || return 0
    # Whoever else may write there could put code into this command.
    [ -O "$folder" ] && [ -w "$folder" ] || return 0
    "$jdk/bin/java" "-XX:AOTCacheOutput=$file.$$" -Xlog:disable "$@" </dev/null >/dev/null 2>&1 || true
    # An empty file says that it was tried.
    [ -e "$file.$$" ] || : >"$file.$$"
    mv -f "$file.$$" "$file" 2>/dev/null || return 0
    rm -f "$file.$$.config"
  fi
  [ -O "$folder" ] && [ -s "$file" ] && quick=$file
  return 0
}

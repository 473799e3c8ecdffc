# Runs a program that gets EPERM for the system calls FIRST to LAST, by a seccomp filter, as container
# runtimes of before 2021 answered calls that they did not know:
# perl refuse-calls.pl FIRST LAST PROGRAM [ARGUMENT...]
use strict;
my ($first, $last, @command) = @ARGV;
my $prctl = `uname -m` =~ /^aarch64/ ? 167 : 157;
# struct sock_filter: code, jt, jf, k (linux/filter.h, linux/seccomp.h)
my $filter = join "", map { pack "SCCL", @$_ } (
  [0x20, 0, 0, 0],             # load the call's number
  [0x35, 0, 2, $first],        # below FIRST: allow
  [0x25, 1, 0, $last],         # above LAST: allow
  [0x06, 0, 0, 0x00050001],    # EPERM
  [0x06, 0, 0, 0x7fff0000],    # allow
);
my $program = pack "Sx![P]P", length($filter) / 8, $filter;
syscall($prctl, 38, 1, 0, 0, 0) == 0 or die "PR_SET_NO_NEW_PRIVS: $!\n";
syscall($prctl, 22, 2, $program, 0, 0) == 0 or die "PR_SET_SECCOMP: $!\n";
exec { $command[0] } @command or die "$command[0]: $!\n";

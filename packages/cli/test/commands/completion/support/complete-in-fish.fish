# fish complete-in-fish.fish <script> <line>...: what fish offers at the end of each line with that completion script, one a
# line, and behind each line's a line with a dot.
source $argv[1]
for line in $argv[2..-1]
    complete -C $line | string replace -r '\t.*' ''
    echo .
end

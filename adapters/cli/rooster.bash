# bash completion of rooster. The lists are those of `rooster --help` and `rooster COMMAND --help`; a test compares them.

_rooster() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= word index
    local everywhere='--db --now --as --help --version'
    local commands='init import export generate backup audit plan show check diff explain candidates advise assign
        unassign pin unpin undo spike absent swap offer publish outbox token hours serve help'
    local -A options=(
        [init]=''
        [import]='--format --worker --coop --replace'
        [export]='--format --week --published --keep --month'
        [generate]='--week --seed --workers'
        [backup]=''
        [audit]='--format --most'
        [plan]='--format --week --weeks --gap --seconds --work --threads --seed --keep --fresh --log'
        [show]='--format --week --weeks --by --published'
        [check]='--format --week --weeks --published'
        [diff]='--format --week'
        [explain]='--format --week --shift --worker --published --work'
        [candidates]='--format --week --shift --published'
        [advise]='--format --week --published --most'
        [assign]='--format --week --shift --worker'
        [unassign]='--format --week --shift --worker'
        [pin]='--format --week --shift --worker'
        [unpin]='--format --week --shift --worker'
        [undo]='--week'
        [spike]='--format --shift --coop --start --end --headcount --role --certificate --team-certificate --break --priority
            --accept --trial --seconds --work --threads --feeds'
        [absent]='--format --worker --from --until --accept --seconds --work --threads --feeds'
        [publish]='--format --week --weeks --undo --feeds --drain --host --port --user --password-file --ca-file'
        [outbox]='--format --retry'
        [swap]='--format --week --worker --shift --other --return'
        [offer]='--format --week --worker'
        [token]='--format --role --worker --coop --feed --link --label'
        [hours]='--format --week --shift --worker --coop --start --end --break --day --note --nothing --reason'
        [serve]='--listen --request-seconds --connections-per-peer --host --port --user --password-file --ca-file'
        [help]=''
    )

    case $previous in
    --db | --log | --password-file | --ca-file)
        COMPREPLY=($(compgen -f -- "$current"))
        return
        ;;
    --feeds)
        COMPREPLY=($(compgen -d -- "$current"))
        return
        ;;
    --format)
        COMPREPLY=($(compgen -W 'table csv json' -- "$current"))
        return
        ;;
    --reason)
        COMPREPLY=($(compgen -W 'worked cancelled_paid moved_paid' -- "$current"))
        return
        ;;
    --role)
        COMPREPLY=($(compgen -W 'planner worker coop open' -- "$current"))
        return
        ;;
    --by)
        COMPREPLY=($(compgen -W 'worker coop day' -- "$current"))
        return
        ;;
    --priority)
        COMPREPLY=($(compgen -W 'critical high normal low' -- "$current"))
        return
        ;;
    --now | --as | --week | --shift | --worker | --coop | --gap | --seconds | --work | --threads | --seed | --workers | \
        --host | --port | --user | --most | --start | --end | --from | --until | --headcount | --certificate | \
        --team-certificate | --break | --listen | --request-seconds | --connections-per-peer | --label | --month | --day | --note)
        return
        ;;
    esac

    for ((index = 1; index < COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        case $word in
        --db | --now | --as) index=$((index + 1)) ;;
        -*) ;;
        *)
            command=$word
            break
            ;;
        esac
    done

    if [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "$commands $everywhere" -- "$current"))
    elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "${options[$command]-} $everywhere" -- "$current"))
    else
        case $command in
        import) COMPREPLY=($(compgen -f -- "$current")) ;;
        generate) COMPREPLY=($(compgen -d -- "$current")) ;;
        advise) COMPREPLY=($(compgen -W 'training standby contracts' -- "$current")) ;;
        export) COMPREPLY=($(compgen -W 'roster pool model hours invoice payroll' -- "$current")) ;;
        swap) COMPREPLY=($(compgen -W 'list give take accept decline withdraw approve refuse' -- "$current")) ;;
        offer) COMPREPLY=($(compgen -W 'list accept decline' -- "$current")) ;;
        hours) COMPREPLY=($(compgen -W 'show confirm dispute correct' -- "$current")) ;;
        help) COMPREPLY=($(compgen -W "$commands" -- "$current")) ;;
        esac
    fi
}
complete -o filenames -o nosort -F _rooster rooster 2>/dev/null || complete -o filenames -F _rooster rooster

" Compiler file for Vim (with +eval) and Neovim: lint, a checker for Chinese official drafts.
" Copy it to ~/.vim/compiler/ or ~/.config/nvim/compiler/, then:  :compiler gongwen-lint  |  :make %:S

if exists('current_compiler')
  finish
endif
let current_compiler = 'gongwen-lint'

let s:cpo_save = &cpo
set cpo&vim

" The quickfix list counts bytes.
CompilerSet makeprg=lint\ --output-format\ concise\ --column-unit\ byte\ --quiet\ $*
" The severity gives the type by its first letter and stays out of the message; the rule stays in. A file that cannot
" be read has no line.
CompilerSet errorformat=%f:%l:%c:\ %trror%m
CompilerSet errorformat+=%f:%l:%c:\ %tarning%m
CompilerSet errorformat+=%f:%l:%c:\ %tnfo%m
CompilerSet errorformat+=%f:\ %trror:\ %m

let &cpo = s:cpo_save
unlet s:cpo_save

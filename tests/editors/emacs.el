;; What someone does in Emacs: opens an article, sees what is marked, takes a fix, saves.  -*- lexical-binding: t -*-

(require 'cl-lib)
(setq inhibit-message t eglot-autoshutdown t flymake-no-changes-timeout 0.1)
(let ((root (getenv "ROOT")))
  (load (concat root "/editors/emacs/copydesk.el"))
  (setq copydesk-command (list (getenv "COPYDESK") "server")))
(add-to-list 'auto-mode-alist '("\\.md\\'" . text-mode))

(defun marked ()
  (sort (mapcar (lambda (one)
                  (buffer-substring (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))
                (flymake-diagnostics))
        #'string<))

(defun wait-for (what holds)
  (let ((until (+ (float-time) 20)))
    (while (not (funcall holds))
      (when (> (float-time) until)
        (error "Waited in vain for %s; marked: %S" what (marked)))
      ;; What idle timers do where someone types.
      (eglot--signal-textDocument/didChange)
      (accept-process-output nil 0.05))))

(find-file (getenv "ARTICLE"))
(apply #'eglot (eglot--guess-contact))
(flymake-start)
(wait-for "what is marked" (lambda () (equal (marked) '("  " "Zelweck" "the the"))))

(goto-char (point-min))
(search-forward "the the")
(backward-char 3)
;; Without it eglot would open a menu.
(setq last-nonmenu-event ?\s)
(cl-letf (((symbol-function 'completing-read)
           (lambda (_ offered &rest _)
             (or (cl-find-if (lambda (title) (string-match-p "elete" title)) (mapcar (lambda (o) (if (consp o) (car o) o)) offered))
                 (error "No fix is offered, only %S" offered)))))
  (eglot-code-actions (point) (point) "quickfix" t))
(wait-for "the fix" (lambda () (equal (marked) '("  " "Zelweck"))))

(goto-char (point-max))
(insert "\nThe toll for the the ferry is gone.\n")
(wait-for "what was typed" (lambda () (equal (marked) '("  " "Zelweck" "the the"))))
(copydesk-fix-all)
(wait-for "all fixes" (lambda () (equal (marked) '("Zelweck"))))
(save-buffer)

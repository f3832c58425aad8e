"""Everything visible. Views read the document and the session, and emit signals for what a person wants; they write
nothing.
"""

print("chat-fcgi")
